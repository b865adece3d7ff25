package dev.q.client.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.q.client.result.Wait.Target;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who looks when, turned by hand under virtual time.
 */
class WaitsTests {

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
	void allWhoWaitForJobsOfAQueueShareTheirLooks() {
		List<Wait> all = IntStream.range(0, 100).mapToObj((i) -> wait(this.scene.enqueue("mail", "payload"))).toList();

		this.waits.lookAtDue();

		assertThat(this.catalog.looks).isEqualTo(1);
		for (int i = 0; i < 100; i++) {
			this.scene.clock.advance(Duration.ofMillis(100));
			this.waits.lookAtDue();
		}
		assertThat(this.catalog.looks).as("in ten seconds").isBetween(10, 30);
		assertThat(all).noneMatch((wait) -> wait.end().isDone());
	}

	@Test
	void looksAreTheMoreSeldomTheLongerSomebodyWaits() {
		wait(this.scene.enqueue("mail", "payload"));
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < 4000; i++) {
			int before = this.catalog.looks;
			this.waits.lookAtDue();
			if (this.catalog.looks > before) {
				times.add((long) i);
			}
			this.scene.clock.advance(Duration.ofMillis(1));
		}

		assertThat(times.get(1)).isLessThan(10);
		assertThat(times.get(times.size() - 1) - times.get(times.size() - 2)).isBetween(990L, 1010L);
		assertThat(times).hasSizeLessThan(15);
	}

	@Test
	void anEventBringsTheEndWithoutALook() {
		JobId id = this.scene.enqueue("mail", "payload");
		Job job = this.scene.find(id).job();
		Wait known = wait(id);
		Wait anywhere = this.waits.enter(new Target(null, id));

		this.events.publish(new JobEvent.Started(job));
		assertThat(known.end()).isNotDone();
		this.events.publish(new JobEvent.Succeeded(job, StoredResult.NONE, Duration.ZERO));

		assertThat(known.end().join().orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(anywhere.end()).isDone();
		assertThat(this.catalog.looks).isZero();
	}

	@Test
	void nobodyListensUnlessSomebodyWaits() {
		assertThat(this.events.isSilent()).isTrue();
		JobId id = this.scene.enqueue("mail", "payload");
		Wait first = wait(id);
		Wait second = wait(id);
		assertThat(second).isSameAs(first);
		this.waits.leave(first);
		assertThat(this.events.isSilent()).isFalse();
		this.waits.leave(second);
		assertThat(this.events.isSilent()).isTrue();
	}

	@Test
	void aJobIsGoneOnlyIfItIsMissedTwice() {
		JobId id = unknown();
		Wait wait = wait(id);
		this.waits.lookAtDue();
		assertThat(wait.end()).isNotDone();

		this.scene.clock.advance(Duration.ofMillis(249));
		this.waits.lookAtDue();
		assertThat(wait.end()).isNotDone();
		this.scene.clock.advance(Duration.ofMillis(1));
		this.waits.lookAtDue();

		assertThat(wait.end().join()).isEqualTo(Optional.empty());
	}

	@Test
	void anEventThatComesWhileAJobIsMissedCounts() {
		JobId id = this.scene.enqueue("mail", "payload");
		Job job = this.scene.find(id).job();
		this.scene.store.control().delete(List.of(id));
		Wait wait = wait(id);
		this.waits.lookAtDue();

		this.events.publish(new JobEvent.Cancelled(job, "called off", Duration.ZERO));

		assertThat(wait.end().join().orElseThrow().cancelReason()).isEqualTo("called off");
	}

	@Test
	void whoeverComesAfterAnEndWaitsForTheNextOne() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait first = wait(id);
		this.events.publish(new JobEvent.Expired(this.scene.find(id).job()));
		assertThat(first.end()).isDone();

		Wait second = wait(id);

		assertThat(second.end()).isNotDone();
		this.waits.leave(first);
		assertThat(this.events.isSilent()).isFalse();
	}

	@Test
	void aStoreThatFailsIsAskedAgainAndItsFailureIsRemembered() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait wait = wait(id);
		this.waits.lookAtDue();
		this.catalog.failure = new StoreException("drill");
		this.scene.clock.advance(Duration.ofSeconds(1));
		this.waits.lookAtDue();

		assertThat(wait.end()).isNotDone();
		assertThat(wait.sight()).isEqualTo(new Wait.Sight(JobState.READY, this.catalog.failure));
		this.catalog.failure = null;
		this.scene.store.control().cancel(List.of(id), "called off");
		this.scene.clock.advance(Duration.ofSeconds(1));
		this.waits.lookAtDue();
		assertThat(wait.end()).isDone();
	}

	@Test
	void anErrorOfALookEndsNoOtherLook() {
		JobId id = this.scene.enqueue("mail", "payload");
		Wait wait = wait(id);
		this.catalog.failure = new LinkageError("drill");

		this.waits.lookAtDue();

		assertThat(wait.sight().failure()).isSameAs(this.catalog.failure);
		assertThat(wait.end()).isNotDone();
		this.catalog.failure = null;
		this.scene.store.control().cancel(List.of(id), "called off");
		this.scene.clock.advance(Duration.ofSeconds(1));
		this.waits.lookAtDue();
		assertThat(wait.end()).isDone();
	}

	@Test
	void whoComesAfterTheMachineWasOutOfThreadsHasSomebodyLook() {
		Deque<Runnable> started = new ArrayDeque<>();
		AtomicBoolean isOut = new AtomicBoolean(true);
		Waits waiting = new Waits(this.catalog, this.events, this.scene.clock, (task) -> {
			if (isOut.getAndSet(false)) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			started.add(task);
		});

		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(waiting::watch);
		waiting.watch();
		waiting.watch();

		assertThat(started).hasSize(1);
	}

	private Wait wait(JobId id) {
		return this.waits.enter(new Target(EngineScene.QUEUE, id));
	}

	private static JobId unknown() {
		return JobId.timeOrdered(Instant.parse("2026-01-01T00:00:00Z"), 0, new Random(7).nextLong());
	}

}
