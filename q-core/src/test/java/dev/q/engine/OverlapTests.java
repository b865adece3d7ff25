package dev.q.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.event.JobEvents;
import dev.q.job.Job;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Tick;
import dev.q.store.PauseMode;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OverlapTests {

	private final RecurringWorld world = new RecurringWorld();

	@AfterEach
	void close() {
		this.world.scene.close();
	}

	@Test
	void withoutCareTicksPileUp() {
		List<JobState> states = afterFiveTicksInAQueueThatStands(Overlap.ALLOW);

		assertThat(states).hasSize(5).containsOnly(JobState.READY);
	}

	@Test
	void withSkipATickStoresNothingWhileTheJobBeforeItHasNotEnded() {
		List<JobState> states = afterFiveTicksInAQueueThatStands(Overlap.SKIP);

		assertThat(states).containsExactly(JobState.READY);
		assertThat(this.world.schedules.find("busy").orElseThrow().nextAt())
			.isEqualTo(this.world.start.plusSeconds(360));
	}

	@Test
	void withCancelPreviousOnlyTheJobOfTheLastTickIsLeft() {
		List<JobState> states = afterFiveTicksInAQueueThatStands(Overlap.CANCEL_PREVIOUS);

		assertThat(states).containsExactly(JobState.CANCELLED, JobState.CANCELLED, JobState.CANCELLED,
				JobState.CANCELLED, JobState.READY);
	}

	@Test
	void withSkipTheNextTickComesOnceTheJobHasEnded() {
		this.world.schedules
			.upsert(RecurringWorld.every("busy", Duration.ofMinutes(1)).with((o) -> o.withOverlap(Overlap.SKIP)));
		ManualJobEngine engine = this.world.scene.engine();

		engine.advance(Duration.ofMinutes(3));

		assertThat(this.world.seen).hasSize(3);
	}

	@Test
	void withCancelPreviousARunningJobIsTold() {
		List<Boolean> lost = new ArrayList<>();
		ManualJobEngine[] engine = new ManualJobEngine[1];
		this.world.scene.handle("slow", (payload, context) -> {
			if (lost.isEmpty()) {
				lost.add(context.leaseLost());
				engine[0].advance(Duration.ofMinutes(1));
				lost.add(context.leaseLost());
			}
			return null;
		});
		this.world.schedules.upsert(ScheduleRequest.every("busy", Duration.ofMinutes(1), RecurringWorld.job("slow"))
			.with((o) -> o.withOverlap(Overlap.CANCEL_PREVIOUS)));
		engine[0] = this.world.scene.engine();

		engine[0].advance(Duration.ofMinutes(1));

		assertThat(lost).containsExactly(false, true);
	}

	@Test
	void whicheverCallOfTheStoreFailsEachTickIsFiredOnce() {
		int calls = ticksWhileACallFails(new FailingStore.Plan(-1, false));

		Stream.of(true, false)
			.flatMap((afterwards) -> IntStream.range(0, calls)
				.mapToObj((call) -> new FailingStore.Plan(call, afterwards)))
			.forEach(OverlapTests::ticksWhileACallFails);
	}

	@Test
	void aJitterThatOutlivesItsJobsIsRefused() {
		Duration span = Duration.ofMinutes(5);
		ScheduleRequest loose = ScheduleRequest.every("loose", Duration.ofHours(1),
				RecurringWorld.job().with((o) -> o.timeToLive(span)));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.world.schedules.upsert(loose.with((o) -> o.withJitter(span))))
			.withMessageContaining("Schedule loose: a jitter of PT5M");
		this.world.schedules.upsert(loose.with((o) -> o.withJitter(span.minusMillis(1))));
	}

	@Test
	void aJobStartsAsMuchLaterAsItsJitterSays() {
		Duration jitter = Duration.ofSeconds(40);
		this.world.schedules
			.upsert(RecurringWorld.every("loose", Duration.ofMinutes(1)).with((o) -> o.withJitter(jitter)));
		ManualJobEngine engine = this.world.engineThatLooksOnceAnHour();

		engine.advance(Duration.ofSeconds(650));

		List<Instant> expected = IntStream.rangeClosed(1, 10)
			.mapToObj((i) -> new Tick("loose", this.world.start.plusSeconds(60L * i)))
			.map((tick) -> tick.due(jitter).from(tick.at()))
			.toList();
		assertThat(this.world.seen).containsExactlyElementsOf(expected.subList(0, this.world.seen.size()))
			.hasSizeGreaterThan(8);
		assertThat(this.world.seen.stream().map((at) -> at.toEpochMilli() % 60_000).distinct()).hasSizeGreaterThan(5)
			.allSatisfy((late) -> assertThat(late).isLessThanOrEqualTo(40_000));
	}

	private static int ticksWhileACallFails(FailingStore.Plan plan) {
		try (EngineScene scene = new EngineScene()) {
			Instant start = scene.clock.instant();
			scene.handle("tick", (payload, context) -> null);
			RecurringWorld.schedulesOf(scene.store)
				.upsert(RecurringWorld.every("busy", Duration.ofSeconds(20))
					.with((o) -> o.withOverlap(Overlap.CANCEL_PREVIOUS)
						.withMisfire(Misfire.all(9, Duration.ofHours(1)))));
			ManualJobEngine engine = new ManualJobEngine(FailingStore.of(scene.store, plan), scene.runner(),
					new JobEvents(List.of()), scene.settings(), scene.clock);

			engine.advance(Duration.ofSeconds(70));
			engine.close();

			assertThat(RecurringWorld.jobs(scene.store)).as("as call %s fails", plan)
				.extracting(Job::id)
				.containsExactly(new Tick("busy", start.plusSeconds(20)).id(),
						new Tick("busy", start.plusSeconds(40)).id(), new Tick("busy", start.plusSeconds(60)).id());
			return plan.calls.size();
		}
	}

	private List<JobState> afterFiveTicksInAQueueThatStands(Overlap overlap) {
		this.world.schedules
			.upsert(RecurringWorld.every("busy", Duration.ofMinutes(1)).with((o) -> o.withOverlap(overlap)));
		this.world.scene.store.control().pause(EngineScene.QUEUE, PauseMode.OUT);
		this.world.scene.engine().advance(Duration.ofMinutes(5));
		return RecurringWorld.jobs(this.world.scene.store).stream().map(Job::state).toList();
	}

}
