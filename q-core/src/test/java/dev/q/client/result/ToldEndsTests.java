package dev.q.client.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.q.client.result.Wait.Target;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.store.StoreListener.Ended;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said to the store, and what it tells by itself.
 */
class ToldEndsTests {

	private final EngineScene scene = new EngineScene();

	private final JobEvents events = new JobEvents(List.of());

	private final CountingCatalog catalog = new CountingCatalog(this.scene.store.catalog());

	private final Waits waits = new Waits(this.catalog, this.events, this.scene.clock, (task) -> {
	});

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void whatTheStoreTellsIsLookedAtAtOnce() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait wait = wait(id);
		this.waits.lookAtDue();
		this.scene.store.control().cancel(List.of(id), "called off");

		this.waits.ended(ended(id, JobState.CANCELLED, false));
		this.waits.lookAtDue();

		assertThat(wait.end().join().orElseThrow().cancelReason()).isEqualTo("called off");
	}

	@Test
	void whatAnotherProcessTellsIsTheAnswerIfNothingIsKept() {
		Wait done = wait(unknown());
		Wait deleted = wait(this.scene.enqueue("mail", "payload"));
		this.scene.store.control().delete(List.of(deleted.target().id()));

		this.waits.ended(ended(done.target().id(), JobState.EXPIRED, false));
		this.waits.ended(ended(deleted.target().id(), null, false));
		this.waits.lookAtDue();

		assertThat(done.end().join().orElseThrow().state()).isEqualTo(JobState.EXPIRED);
		assertThat(deleted.end().join()).isEmpty();
	}

	/** Its event brings the result too, and is on the way. */
	@Test
	void whatThisProcessTellsWaitsForItsEvent() {
		JobId id = this.scene.enqueue("mail", "payload");
		Job job = this.scene.find(id).job();
		this.scene.store.control().delete(List.of(id));
		Wait wait = wait(id);
		this.waits.ended(ended(id, JobState.SUCCEEDED, true));
		this.waits.lookAtDue();
		assertThat(wait.end()).isNotDone();

		this.events.publish(new JobEvent.Succeeded(job, new StoredResult.Omitted("by event"), Duration.ZERO));

		assertThat(wait.end().join().orElseThrow().result()).isEqualTo(new StoredResult.Omitted("by event"));
	}

	@Test
	void whatThisProcessTellsCountsIfNoEventComes() {
		Wait wait = wait(unknown());
		this.waits.ended(ended(wait.target().id(), JobState.SUCCEEDED, true));
		this.waits.lookAtDue();
		this.scene.clock.advance(Duration.ofMillis(250));
		this.waits.lookAtDue();

		assertThat(wait.end().join().orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void anEndThatIsNotTrueIsForgotten() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait wait = wait(id);

		this.waits.ended(ended(id, JobState.SUCCEEDED, false));
		this.waits.lookAtDue();
		assertThat(wait.end()).isNotDone();
		this.scene.store.control().delete(List.of(id));
		this.scene.clock.advance(Duration.ofMillis(100));
		this.waits.lookAtDue();

		assertThat(wait.end()).as("it may be on its way").isNotDone();
	}

	@Test
	void whatIsToldWhileALookIsUnderWayIsLookedAtAgain() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait wait = wait(id);
		this.catalog.meanwhile = () -> {
			this.scene.store.control().delete(List.of(id));
			this.waits.ended(ended(id, JobState.SUCCEEDED, false));
		};
		this.waits.lookAtDue();
		assertThat(wait.end()).isNotDone();

		this.waits.lookAtDue();

		assertThat(wait.end().join().orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void thatSomebodyWaitsIsSaidTogetherAndNowAndThen() {
		List<JobId> ids = IntStream.range(0, 5000).mapToObj((i) -> this.scene.enqueue("mail", "payload")).toList();
		ids.forEach(this::wait);

		this.waits.lookAtDue();
		this.waits.lookAtDue();
		assertThat(this.catalog.expected).hasSize(1);
		assertThat(this.catalog.expected.get(0)).containsExactlyInAnyOrderElementsOf(ids);
		this.scene.clock.advance(Duration.ofSeconds(5));
		this.waits.lookAtDue();
		assertThat(this.catalog.expected).hasSize(2);
		this.waits.lookAnew();
		this.waits.lookAtDue();

		assertThat(this.catalog.expected).hasSize(3);
		assertThat(this.catalog.listeners).as("one listens for all").isEqualTo(1);
	}

	@Test
	void thousandsWhoCameAndWentLeaveNothingBehind() {
		List<Wait> all = IntStream.range(0, 5000).mapToObj((i) -> wait(unknown(i))).toList();
		this.waits.lookAtDue();
		all.forEach(this.waits::leave);

		assertThat(this.events.isSilent()).isTrue();
		this.scene.clock.advance(Duration.ofSeconds(5));
		this.waits.lookAtDue();
		assertThat(this.catalog.expected).hasSize(1);
		this.waits.close();
		assertThat(this.catalog.listeners).isZero();
	}

	@Test
	void whoeverCannotListenYetDoesSoLater() {
		this.catalog.isAway = true;
		wait(this.scene.enqueue("mail", "payload"));
		this.waits.lookAtDue();
		this.catalog.isAway = false;
		this.scene.clock.advance(Duration.ofSeconds(5));
		this.waits.lookAtDue();

		assertThat(this.catalog.listeners).isEqualTo(1);
	}

	private static Ended ended(JobId id, @Nullable JobState state, boolean isHere) {
		return new Ended(EngineScene.QUEUE, id, state, null, isHere);
	}

	private Wait wait(JobId id) {
		return this.waits.enter(new Target(EngineScene.QUEUE, id));
	}

	private static JobId unknown() {
		return unknown(7);
	}

	private static JobId unknown(int seed) {
		return JobId.timeOrdered(Instant.parse("2026-01-01T00:00:00Z"), 0, new Random(seed).nextLong());
	}

}
