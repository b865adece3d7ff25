package dev.q.expert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;

import dev.q.JobContext;
import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.PermanentJobException;
import dev.q.attempt.HandledJob;
import dev.q.event.JobEvent;
import dev.q.job.DeadReason;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class HandleOneTests {

	private static final QueueHandler IDLE = QueueHandler.of(byte[].class, (bytes, job) -> {
	});

	private final QueueScene scene = new QueueScene();

	private final JobQueue queue = this.scene.queue;

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void anEmptyQueueAnswersAtOnce() {
		assertThat(this.queue.handleOne(IDLE)).isEmpty();
	}

	@Test
	void oneJobIsWorkedOnTheThreadOfTheCaller() {
		List<Thread> threads = new ArrayList<>();
		JobReceipt first = this.queue.enqueue("first");
		JobReceipt second = this.queue.enqueue("second");

		HandledJob handled = handle(QueueHandler.returning(String.class, (text, job) -> {
			threads.add(Thread.currentThread());
			return text.length();
		}));

		assertThat(threads).containsExactly(Thread.currentThread());
		assertThat(handled.job().id()).isEqualTo(first.id());
		assertThat(handled.succeeded()).isTrue();
		assertThat(this.scene.stateOf(first)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.scene.stateOf(second)).isEqualTo(JobState.READY);
		assertThat(this.scene.events).hasExactlyElementsOfTypes(JobEvent.Enqueued.class, JobEvent.Enqueued.class,
				JobEvent.Started.class, JobEvent.Succeeded.class);
	}

	@Test
	void aHandlerThatThrowsIsTriedAgainByThePolicyAndThenDead() {
		JobReceipt receipt = this.queue
			.enqueue(JobRequest.of(new byte[0]).with((options) -> options.maxAttempts(2).retry("fixed(30s)")));
		QueueHandler failing = QueueHandler.of(byte[].class, (bytes, job) -> {
			throw new IllegalStateException("drill");
		});

		Outcome first = handle(failing).outcome();
		Optional<HandledJob> tooEarly = this.queue.handleOne(failing);
		this.scene.clock.advance(Duration.ofSeconds(30));
		Outcome second = handle(failing).outcome();

		assertThat(first).isInstanceOfSatisfying(Outcome.Retry.class,
				(retry) -> assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(30)));
		assertThat(tooEarly).isEmpty();
		assertThat(second).isInstanceOfSatisfying(Outcome.Dead.class,
				(dead) -> assertThat(dead.reason()).isEqualTo(DeadReason.EXHAUSTED));
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.DEAD);
	}

	@Test
	void aHandlerThatThrowsAnErrorIsAFailureLikeAnyOther() {
		JobReceipt receipt = this.queue.enqueue("x");

		HandledJob handled = handle(QueueHandler.of(String.class, (text, job) -> {
			throw new StackOverflowError("drill");
		}));

		assertThat(handled.recorded()).isTrue();
		assertThat(handled.outcome()).isInstanceOf(Outcome.Retry.class);
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.RETRYING);
	}

	@Test
	void whatAHandlerAnswersDecides() {
		Map<JobOutcome, Class<? extends Outcome>> answers = Map.of(JobOutcome.snooze(Duration.ofMinutes(1)),
				Outcome.Released.class, JobOutcome.nack(Duration.ZERO), Outcome.Released.class,
				JobOutcome.cancel("drill"), Outcome.Cancelled.class, JobOutcome.fail("drill"), Outcome.Retry.class);

		answers.forEach((answer, outcome) -> {
			this.queue.enqueue("x");
			HandledJob handled = handle(QueueHandler.returning(String.class, (text, job) -> answer));
			assertThat(handled.outcome()).isInstanceOf(outcome);
			this.queue.handleOne(QueueHandler.of(String.class, (text, job) -> {
				throw new PermanentJobException("make room");
			}));
		});
	}

	@Test
	void aHandlerIsGivenJobsOfEveryType() {
		List<String> types = new ArrayList<>();
		QueueHandler handler = QueueHandler.of(byte[].class, (bytes, job) -> types.add(typeOf(job)));
		this.queue.enqueue(JobRequest.of("somebody-elses", "x"));
		this.queue.enqueue("y");

		handle(handler);
		handle(handler);

		assertThat(types).containsExactly("somebody-elses", "default");
	}

	@Test
	void aJobThatCannotBeReadIsDeadAndHarmsNoOther() {
		this.queue.enqueue("no number");
		this.queue.enqueue(42);
		List<Integer> numbers = new ArrayList<>();
		QueueHandler handler = QueueHandler.of(Integer.class, (number, job) -> numbers.add(number));

		Outcome undecodable = handle(handler).outcome();
		Outcome good = handle(handler).outcome();

		assertThat(undecodable).isInstanceOfSatisfying(Outcome.Dead.class,
				(dead) -> assertThat(dead.reason()).isEqualTo(DeadReason.UNDECODABLE));
		assertThat(good).isInstanceOf(Outcome.Succeeded.class);
		assertThat(numbers).containsExactly(42);
	}

	@Test
	void aHandlerOfPrimitivesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> QueueHandler.of(int.class, (number, job) -> {
		})).withMessageContaining("int");
	}

	@Test
	void manyCallersWorkEachJobOnce() throws InterruptedException {
		int callers = 8;
		Map<Integer, Thread> runs = new ConcurrentHashMap<>();
		CyclicBarrier all = new CyclicBarrier(callers);
		for (int i = 0; i < callers * 100; i++) {
			this.queue.enqueue(i);
		}
		QueueHandler handler = QueueHandler.of(Integer.class,
				(number, job) -> assertThat(runs.put(number, Thread.currentThread())).isNull());
		// All at once inside, to show that nobody waits for another.
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			threads.add(new Thread(() -> {
				handle(QueueHandler.of(Integer.class, (number, job) -> {
					runs.put(number, Thread.currentThread());
					all.await();
				}));
				while (this.queue.handleOne(handler).isPresent()) {
					Thread.onSpinWait();
				}
			}));
		}

		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}

		assertThat(runs).hasSize(callers * 100);
		assertThat(this.queue.stats().count(JobState.SUCCEEDED)).isEqualTo(callers * 100L);
		assertThat(this.scene.loops).hasSize(2);
	}

	@Test
	void aHandlerMayWorkAnotherJobOfItsQueue() {
		this.queue.enqueue("outer");
		this.queue.enqueue("inner");
		List<String> ends = new ArrayList<>();

		handle(QueueHandler.of(String.class, (outer, job) -> {
			handle(QueueHandler.of(String.class, (inner, other) -> ends.add(inner)));
			ends.add(outer);
		}));

		assertThat(ends).containsExactly("inner", "outer");
	}

	@Test
	void aPausedQueueGivesNothing() {
		this.queue.enqueue("x");
		this.scene.store.control().pause(this.queue.name(), PauseMode.OUT);

		Optional<HandledJob> paused = this.queue.handleOne(IDLE);
		this.scene.store.control().resume(this.queue.name());

		assertThat(paused).isEmpty();
		assertThat(this.queue.handleOne(IDLE)).isPresent();
	}

	@Test
	void aNackedJobMayBeTakenAgainAtOnce() {
		JobReceipt receipt = this.queue.enqueue("x");

		Outcome nacked = handle(QueueHandler.returning(String.class, (text, job) -> JobOutcome.nack(Duration.ZERO)))
			.outcome();

		assertThat(nacked).isEqualTo(new Outcome.Released(ReleaseReason.NACK, Duration.ZERO));
		assertThat(handle(IDLE).job().id()).isEqualTo(receipt.id());
	}

	private HandledJob handle(QueueHandler handler) {
		return this.queue.handleOne(handler).orElseThrow();
	}

	private static String typeOf(JobContext job) {
		return job.job().spec().type().value();
	}

}
