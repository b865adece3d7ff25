package dev.q.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.engine.EngineSettings;
import dev.q.job.DeliveryMode;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler of which one attempt may run at once, and what becomes of the next one.
 */
@Timeout(60)
class HandlerConcurrencyTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final Duration GRACE = EngineSettings.DEFAULT.timeoutGrace();

	private final Line line = new Line();

	private final CountDownLatch release = new CountDownLatch(1);

	private final LinkedBlockingQueue<JobContext> entered = new LinkedBlockingQueue<>();

	private final List<Thread> threads = new ArrayList<>();

	@BeforeEach
	void handle() {
		this.line.scene.handle("one", 1, JobOptions.NONE.timeout(TIMEOUT), (payload, context) -> {
			this.entered.add(context);
			awaitUninterrupted();
			return null;
		});
	}

	@AfterEach
	void close() throws InterruptedException {
		this.release.countDown();
		for (Thread thread : this.threads) {
			thread.join();
		}
		this.line.scene.close();
	}

	@Test
	void theNextAttemptWaitsAndRunsWhenTheOneBeforeHasEnded() throws InterruptedException {
		runFirst();
		Execution second = claim();
		Thread waiting = runInLine(second);

		assertThat(this.entered).isEmpty();
		this.release.countDown();
		waiting.join();

		// The one before may be settling meanwhile, and leave this one to the loop.
		this.line.completer.loop().step();

		assertThat(this.entered.take()).isSameAs(second);
		assertThat(this.line.stateOf(second)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theLeaseOfAnAttemptThatWaitsIsRenewedAndItsTimeoutDoesNotRun() throws InterruptedException {
		Execution first = runFirst();
		Execution second = claim();
		runInLine(second);

		for (int i = 0; i < 5; i++) {
			pass(Line.LEASE.dividedBy(2));
		}

		assertThat(first.shouldStop()).isTrue();
		assertThat(second.shouldStop()).isFalse();
		assertThat(second.leaseLost()).isFalse();
		this.release.countDown();
		this.entered.take();
		assertThat(second.deadline()).contains(this.line.scene.clock.instant().plus(TIMEOUT));
	}

	@Test
	void aStopEndsTheWaitAndHandsTheJobBackUncounted() throws InterruptedException {
		runFirst();
		Execution second = claim();
		Thread waiting = runInLine(second);

		this.line.jobs.askToStop();
		waiting.join();

		assertHandedBack(second);
	}

	@Test
	void aJobThatMayStartOnceHasNotStartedWhileItWaits() throws InterruptedException {
		runFirst();
		Execution second = this.line.claim(spec().withDelivery(DeliveryMode.AT_MOST_ONCE));
		Thread waiting = runInLine(second);

		this.line.jobs.interruptAll();
		waiting.join();

		assertHandedBack(second);
	}

	@Test
	void aJobThatIsCancelledWhileItWaitsIsNeverSeenByItsHandler() throws InterruptedException {
		runFirst();
		Execution second = claim();
		Thread waiting = runInLine(second);

		this.line.scene.store.control().cancel(List.of(second.id()), "drill");
		this.line.jobs.suspect(second.id());
		this.line.leases.loop().step();
		waiting.join();

		assertThat(this.line.stateOf(second)).isEqualTo(JobState.CANCELLED);
		this.release.countDown();
		this.threads.get(0).join();
		assertThat(this.entered).isEmpty();
	}

	@Test
	void aHandlerThatDoesNotComeBackHasHadItsTurn() throws InterruptedException {
		Execution first = runFirst();
		Execution second = claim();
		runInLine(second);

		pass(TIMEOUT);
		pass(GRACE);

		assertThat(first.isAbandoned()).isTrue();
		assertThat(this.entered.poll(30, TimeUnit.SECONDS)).isSameAs(second);
	}

	@Test
	void anAttemptThatFailsEndsItsTurnToo() throws InterruptedException {
		this.line.scene.handle("fails", 1, JobOptions.NONE, (payload, context) -> {
			throw new IllegalStateException("drill");
		});

		for (int i = 0; i < 3; i++) {
			Execution execution = this.line.claim(this.line.scene.job("fails", "x"));
			Thread thread = new Thread(execution::run);
			thread.start();
			thread.join();
			assertThat(this.line.stateOf(execution)).isEqualTo(JobState.RETRYING);
		}
	}

	private JobSpec spec() {
		return this.line.scene.job("one", "x");
	}

	private Execution claim() {
		return this.line.claim(spec());
	}

	private Execution runFirst() throws InterruptedException {
		Execution first = claim();
		start(first);
		assertThat(this.entered.take()).isSameAs(first);
		return first;
	}

	private Thread runInLine(Execution execution) {
		Thread thread = start(execution);
		while (thread.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		return thread;
	}

	private Thread start(Execution execution) {
		Thread thread = new Thread(execution::run);
		this.threads.add(thread);
		thread.start();
		return thread;
	}

	private void pass(Duration span) {
		this.line.scene.clock.advance(span);
		this.line.leases.loop().step();
		this.line.deadlines.loop().step();
	}

	private void assertHandedBack(Execution execution) {
		this.line.completer.loop().step();
		Job job = this.line.scene.find(execution.id()).job();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.READY);
		assertThat(job.counters()).isEqualTo(new JobCounters(0, 1, 0, 0, 1));
		assertThat(this.entered).isEmpty();
	}

	private void awaitUninterrupted() {
		boolean done = false;
		while (!done) {
			try {
				this.release.await();
				done = true;
			}
			catch (InterruptedException ex) {
				done = false;
			}
		}
	}

}
