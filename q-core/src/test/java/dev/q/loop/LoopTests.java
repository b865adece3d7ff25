package dev.q.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.ports.SystemClock;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopTests {

	private final VirtualClock clock = new VirtualClock(Instant.EPOCH);

	private final AtomicInteger steps = new AtomicInteger();

	@Test
	void aLoopIsDueAgainWhenItsRestIsOver() {
		Loop loop = new Loop("test", () -> Duration.ofSeconds(5), this.clock);

		loop.step();

		assertThat(loop.isDue()).isFalse();
		assertThat(loop.timeLeft()).isEqualTo(Duration.ofSeconds(5));
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(loop.isDue()).isTrue();
	}

	@Test
	void aWakeUpDuringAStepCountsForTheRestAfterIt() {
		AtomicInteger count = new AtomicInteger();
		Loop[] self = new Loop[1];
		self[0] = new Loop("test", () -> {
			if (count.incrementAndGet() == 1) {
				self[0].wake();
			}
			return Loop.UNTIL_WOKEN;
		}, this.clock);

		self[0].step();
		boolean dueAfterFirst = self[0].isDue();
		self[0].step();

		assertThat(dueAfterFirst).isTrue();
		assertThat(self[0].isDue()).isFalse();
	}

	@Test
	void aStepThatThrowsIsRepeatedAfterAPauseThatGrowsToTwoSeconds() {
		Loop loop = failing();
		Duration[] pauses = new Duration[8];

		for (int i = 0; i < pauses.length; i++) {
			loop.step();
			pauses[i] = loop.timeLeft();
		}

		assertThat(pauses).startsWith(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200))
			.endsWith(Duration.ofSeconds(2))
			.isSorted();
		assertThat(loop.failures()).isEqualTo(8);
	}

	@Test
	void aWakeUpDoesNotShortenThePauseAfterAFailure() {
		Loop loop = failing();

		loop.step();
		loop.wake();

		assertThat(loop.isDue()).isFalse();
		this.clock.advance(Duration.ofMillis(50));
		assertThat(loop.isDue()).isTrue();
	}

	@Test
	void aStepThatWorksAgainEndsTheRowOfFailures() {
		Loop loop = new Loop("test", () -> {
			if (this.steps.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
			return Duration.ofSeconds(1);
		}, this.clock);

		loop.step();
		loop.step();
		loop.step();

		assertThat(loop.failures()).isZero();
		assertThat(loop.timeLeft()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void anErrorOfTheMachineDoesNotEndALoop() {
		Loop loop = new Loop("test", () -> {
			throw new OutOfMemoryError("drill");
		}, this.clock);

		loop.step();

		assertThat(loop.failures()).isOne();
	}

	@Test
	void aThreadThatRestsIsWokenAndEndsWhenStopped() throws InterruptedException {
		CountDownLatch twice = new CountDownLatch(2);
		Loop loop = new Loop("test", () -> {
			twice.countDown();
			return Loop.UNTIL_WOKEN;
		}, new SystemClock());
		Thread thread = new Thread(loop::run);

		thread.start();
		while (twice.getCount() == 2) {
			Thread.onSpinWait();
		}
		loop.wake();
		boolean ranTwice = twice.await(10, TimeUnit.SECONDS);
		loop.stop();
		thread.join(10_000);

		assertThat(ranTwice).isTrue();
		assertThat(thread.isAlive()).isFalse();
		assertThat(loop.awaitEnd(Duration.ZERO)).isTrue();
	}

	@Test
	void anInterruptNeitherEndsALoopNorReachesItsNextStep() throws InterruptedException {
		CountDownLatch second = new CountDownLatch(2);
		AtomicInteger interrupted = new AtomicInteger();
		Loop loop = new Loop("test", () -> {
			this.steps.incrementAndGet();
			if (Thread.currentThread().isInterrupted()) {
				interrupted.incrementAndGet();
			}
			second.countDown();
			return Loop.UNTIL_WOKEN;
		}, new SystemClock());
		Thread thread = new Thread(loop::run);

		thread.start();
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		thread.interrupt();
		while (thread.isInterrupted()) {
			Thread.onSpinWait();
		}
		loop.wake();
		boolean ranAgain = second.await(10, TimeUnit.SECONDS);
		loop.stop();
		thread.join(10_000);

		assertThat(ranAgain).isTrue();
		assertThat(interrupted).hasValue(0);
		assertThat(this.steps).hasValue(2);
	}

	@Test
	void aFailureThatCannotEvenBeLoggedDoesNotEndALoop() {
		Loop loop = new Loop("test", () -> {
			throw new IllegalStateException() {
				@Override
				public String getMessage() {
					throw new IllegalStateException("drill");
				}
			};
		}, this.clock);

		loop.step();

		assertThat(loop.failures()).isOne();
		assertThat(loop.timeLeft()).isEqualTo(Duration.ofMillis(50));
	}

	private Loop failing() {
		return new Loop("test", () -> {
			throw new IllegalStateException("drill");
		}, this.clock);
	}

}
