package dev.q.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.q.JobRequest;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.scene.EngineScene;
import dev.q.scene.ShakyStore;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.store.routing.RoutingJobStore;
import dev.q.store.routing.StoreRoute;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One engine over two stores, of which one goes away and comes back.
 */
class RoutedStoresTests {

	private static final QueueName MAIL = new QueueName("mail");

	private static final Duration SOON = Duration.ofSeconds(5);

	private final EngineScene scene = new EngineScene();

	private final ShakyStore second = new ShakyStore(
			new MemoryStore(MemorySettings.DEFAULT, this.scene.clock, this.scene.clock));

	private final RoutingJobStore stores = new RoutingJobStore(this.scene.store,
			List.of(new StoreRoute("second", this.second.store(), List.of(MAIL))), this.scene.clock, Runnable::run);

	private long ids;

	@AfterEach
	void close() {
		this.stores.close();
	}

	@Test
	void jobsOfOneStoreFlowWhileTheOtherIsAwayAndThoseOfTheOtherGoOnWithinSecondsOfItsReturn() {
		this.scene.handle("fine", (payload, context) -> null);
		try (ManualJobEngine engine = engine()) {
			engine.advance(Duration.ofSeconds(10));
			JobId waiting = enqueue(MAIL, "fine", Due.in(Duration.ofSeconds(30)));
			this.second.goAway();
			List<JobId> during = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				during.add(enqueue(EngineScene.QUEUE, "fine"));
				engine.advance(Duration.ofSeconds(1));
				assertThat(state(during.get(i))).isEqualTo(JobState.SUCCEEDED);
			}
			EngineHealth away = engine.health();
			this.second.comeBack();
			engine.advance(SOON);

			assertThat(state(waiting)).isEqualTo(JobState.SUCCEEDED);
			assertThat(away.problems()).extracting(EngineHealth.Problem::kind)
				.containsExactly(EngineHealth.Kind.STORE_AWAY);
			assertThat(away.isReady()).isTrue();
			assertThat(engine.health().isUp()).isTrue();
		}
	}

	@Test
	void aJobWhoseStoreIsAwayAtItsEndIsSettledWhenTheStoreIsBackAndWasNeverDoneTwice() {
		List<String> runs = new ArrayList<>();
		this.scene.handle("away", (payload, context) -> {
			runs.add("away");
			this.second.goAway();
			return null;
		}).handle("fine", (payload, context) -> null);
		JobId mail = enqueue(MAIL, "away");
		try (ManualJobEngine engine = engine()) {
			engine.advance(Duration.ofSeconds(10));
			JobId work = enqueue(EngineScene.QUEUE, "fine");
			engine.advance(Duration.ofSeconds(2));
			JobState other = state(work);
			this.second.comeBack();
			engine.advance(SOON);

			assertThat(other).isEqualTo(JobState.SUCCEEDED);
			assertThat(state(mail)).isEqualTo(JobState.SUCCEEDED);
			assertThat(runs).hasSize(1);
		}
	}

	@Test
	void aLeaseIsRenewedAsSoonAsItsStoreIsBackBeforeItRunsOut() {
		List<ManualJobEngine> engines = new ArrayList<>();
		List<Boolean> lost = new ArrayList<>();
		this.scene.handle("long", (payload, context) -> {
			engines.get(0).advance(Duration.ofSeconds(8));
			this.second.goAway();
			engines.get(0).advance(Duration.ofSeconds(15));
			this.second.comeBack();
			engines.get(0).advance(Duration.ofSeconds(60));
			lost.add(context.leaseLost());
			return null;
		});
		JobId mail = enqueue(MAIL, "long");
		try (ManualJobEngine engine = engine()) {
			engines.add(engine);
			engine.advance(Duration.ofSeconds(5));

			assertThat(lost).containsExactly(false);
			assertThat(state(mail)).isEqualTo(JobState.SUCCEEDED);
		}
	}

	@Test
	void aHandlerIsToldWhenTheStoreOfItsLeaseIsAwayForTooLong() {
		List<ManualJobEngine> engines = new ArrayList<>();
		List<Boolean> lost = new ArrayList<>();
		this.scene.handle("long", (payload, context) -> {
			this.second.goAway();
			engines.get(0).advance(Duration.ofSeconds(20));
			lost.add(context.leaseLost());
			engines.get(0).advance(Duration.ofSeconds(9));
			lost.add(context.leaseLost());
			this.second.comeBack();
			Thread.interrupted();
			return null;
		});
		enqueue(MAIL, "long");
		try (ManualJobEngine engine = engine()) {
			engines.add(engine);
			engine.advance(Duration.ofSeconds(5));

			assertThat(lost).containsExactly(false, true);
		}
	}

	@Test
	void ticksComeThoughAnotherStoreIsAwayEvenIfTheyAreToCancelAJobThatIsGone() {
		this.scene.handle("tick", (payload, context) -> null);
		Schedules schedules = RecurringWorld.schedulesOf(this.stores);
		schedules.upsert(ScheduleRequest.every("here", Duration.ofMinutes(1), job(EngineScene.QUEUE))
			.with((options) -> options.withOverlap(Overlap.CANCEL_PREVIOUS)));
		schedules.upsert(ScheduleRequest.every("there", Duration.ofMinutes(1), job(MAIL)));
		try (ManualJobEngine engine = engine()) {
			engine.advance(Duration.ofSeconds(90));
			this.second.goAway();
			engine.advance(Duration.ofMinutes(2));
			int during = done(EngineScene.QUEUE);
			this.second.comeBack();
			engine.advance(SOON);

			assertThat(during).isEqualTo(3);
			assertThat(done(MAIL)).isGreaterThan(1);
		}
	}

	private static JobRequest job(QueueName queue) {
		return JobRequest.of("tick", "x").with((options) -> options.queue(queue.value()));
	}

	private int done(QueueName queue) {
		JobCatalog.Query query = new JobCatalog.Query(Set.of(JobState.SUCCEEDED), queue, null);
		return this.stores.catalog().search(query, 100, null).items().size();
	}

	private ManualJobEngine engine() {
		EngineSettings settings = EngineSettings.DEFAULT
			.withGroups(List.of(new GroupSettings("test", List.of(EngineScene.QUEUE, MAIL), List.of(), 4)));
		return new ManualJobEngine(this.stores, this.scene.runner(), new JobEvents(List.of()), settings,
				this.scene.clock);
	}

	private JobId enqueue(QueueName queue, String type) {
		return enqueue(queue, type, Due.NOW);
	}

	private JobId enqueue(QueueName queue, String type, Due due) {
		JobId id = JobId.timeOrdered(this.scene.clock.instant(), 0, ++this.ids);
		JobSpec spec = JobSpec.of(queue, new TypeName(type), Payload.json("\"x\"".getBytes(StandardCharsets.UTF_8)));
		this.stores.work().insert(List.of(InsertGroup.of(List.of(new NewJob(id, spec, due)))));
		return id;
	}

	private JobState state(JobId id) {
		return this.stores.catalog().find(List.of(id)).get(0).state();
	}

}
