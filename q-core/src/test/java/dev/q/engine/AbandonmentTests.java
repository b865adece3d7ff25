package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.attempt.JobsInHand;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.loop.Loop;
import dev.q.scene.EngineScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a thread whose handler does not come back, and of its slot. Handlers
 * move the clock themselves and let the watch look.
 */
class AbandonmentTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final Duration GRACE = EngineSettings.DEFAULT.timeoutGrace();

	private final EngineScene scene = new EngineScene();

	private final JobsInHand jobs = this.scene.jobsIn(this.scene.store.work());

	private final Slots slots = new Slots(2);

	private final AtomicInteger abandoned = new AtomicInteger();

	private final List<Runnable> threads = new ArrayList<>();

	private final List<Object> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aSlotIsUsedAgainWhenItsThreadIsGivenUpAndTheThreadThatComesBackTakesNoJob() {
		this.slots.takeAll();
		this.scene.handle("any", (payload, context) -> {
			pass(TIMEOUT);
			pass(GRACE);
			this.seen.addAll(List.of(this.slots.taken(), this.abandoned.get()));
			return null;
		});

		dispatchAndRun();

		assertThat(this.seen).containsExactly(1, 1);
		assertThat(this.abandoned).hasValue(0);
		assertThat(this.slots.taken()).isOne();
	}

	@Test
	void beyondTheCapASlotIsLostUntilItsThreadComesBack() {
		this.slots.takeAll();
		this.abandoned.set(1);
		this.scene.handle("any", (payload, context) -> {
			pass(TIMEOUT);
			pass(GRACE);
			this.seen.addAll(List.of(this.slots.size(), this.slots.taken()));
			return null;
		});

		dispatchAndRun();

		assertThat(this.seen).containsExactly(1, 1);
		assertThat(this.slots.size()).isEqualTo(2);
		assertThat(this.slots.taken()).isOne();
		assertThat(this.abandoned).hasValue(1);
	}

	private void dispatchAndRun() {
		HandDrivenPool pool = new HandDrivenPool(this.threads::add);
		AbandonedThreads lost = new AbandonedThreads(this.slots, pool,
				new AbandonedThreads.OfWorker(this.abandoned, 1));
		Dispatcher dispatcher = new Dispatcher(this.slots, pool, lost, this.jobs);
		JobSpec job = this.scene.job("any", "x").withLimits(new JobLimits(5, 3, null, TIMEOUT, null, null));
		dispatcher.dispatch(this.scene.claim(job), this.scene.clock.nanoTime(), () -> {
			throw new AssertionError("The thread was given up and must not ask for more");
		});
		this.threads.remove(0).run();
	}

	/**
	 * Lets time pass, renews what must be renewed and lets the watch look.
	 */
	private void pass(Duration span) {
		this.scene.clock.advance(span);
		this.jobs.loops().forEach(Loop::step);
	}

}
