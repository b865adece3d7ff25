package dev.q.expert;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.attempt.HandledJob;
import dev.q.attempt.JobNotSettledException;
import dev.q.engine.EngineSettings;
import dev.q.event.JobEvent;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.loop.Loop;
import dev.q.maintenance.HousekeepingCounts;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What may come between a claim and its settlement.
 */
@Timeout(60)
class HandleOneTroubleTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final QueueHandler IDLE = QueueHandler.of(byte[].class, (bytes, job) -> {
	});

	private final QueueScene scene = new QueueScene();

	private final JobQueue queue = this.scene.queue;

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void theLeaseIsRenewedForAsLongAsTheHandlerRuns() {
		JobReceipt receipt = this.queue.enqueue("x");

		HandledJob handled = handle(QueueHandler.of(String.class, (text, job) -> {
			this.scene.advance(Duration.ofMinutes(10));
			HousekeepingCounts counts = this.queue.houseKeeping();
			assertThat(counts.recovered()).isZero();
			assertThat(job.leaseLost()).isFalse();
		}));

		assertThat(handled.succeeded()).isTrue();
		assertThat(this.scene.find(receipt).job().counters().crashes()).isZero();
	}

	@Test
	void aJobWhoseCallerDiesIsTakenOverWhenItsLeaseHasRunOut() {
		JobReceipt receipt = this.queue.enqueue("x");

		HandledJob late = handle(QueueHandler.of(String.class, (text, job) -> {
			// Nobody renews: to the store that is what a death looks like.
			this.scene.clock.advance(Duration.ofSeconds(31));
			assertThat(this.queue.houseKeeping().recovered()).isEqualTo(1);
			assertThat(handle(IDLE).succeeded()).isTrue();
		}));

		assertThat(late.recorded()).isFalse();
		assertThat(late.succeeded()).isFalse();
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.scene.find(receipt).job().counters().crashes()).isEqualTo(1);
		assertThat(this.scene.find(receipt).job().counters().deliveries()).isEqualTo(2);
	}

	@Test
	void aHandlerWhoseJobIsCancelledIsToldAndInterruptedAndItsOutcomeDropped() {
		JobReceipt receipt = this.queue.enqueue("x");

		HandledJob handled = handle(QueueHandler.of(String.class, (text, job) -> {
			this.scene.store.control().cancel(List.of(job.id()), "drill");
			this.scene.loops.forEach(Loop::step);
			assertThat(job.leaseLost()).isTrue();
			new CountDownLatch(1).await();
		}));

		assertThat(handled.recorded()).isFalse();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.CANCELLED);
		assertThat(this.scene.events).hasAtLeastOneElementOfType(JobEvent.LeaseLost.class);
	}

	@Test
	void aCancelThatWasMissedIsFoundWhenSignalsAreHeardAgain() {
		this.queue.enqueue("x");
		this.scene.store.isDeaf = true;

		HandledJob handled = handle(QueueHandler.of(String.class, (text, job) -> {
			this.scene.store.control().cancel(List.of(job.id()), "drill");
			this.scene.loops.forEach(Loop::step);
			assertThat(job.leaseLost()).isFalse();
			this.scene.store.listener.lookAnew();
			this.scene.loops.forEach(Loop::step);
			assertThat(job.leaseLost()).isTrue();
		}));

		assertThat(handled.recorded()).isFalse();
	}

	@Test
	void aStoreThatFailsAtTheClaimIsThrown() {
		JobReceipt receipt = this.queue.enqueue("x");
		this.scene.store.failsClaims = true;

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.queue.handleOne(IDLE))
			.withMessage("drill: claim");

		this.scene.store.failsClaims = false;
		assertThat(handle(IDLE).job().id()).isEqualTo(receipt.id());
	}

	@Test
	void aStoreThatFailsAtTheSubscriptionIsThrownAndAskedAgain() {
		this.queue.enqueue("x");
		this.scene.store.subscriptionsToFail.set(1);

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.queue.handleOne(IDLE));

		assertThat(handle(IDLE).succeeded()).isTrue();
		assertThat(this.scene.store.subscriptions).hasValue(1);
	}

	@Test
	void aStoreThatFailsAtTheSettlementIsThrownAndTheJobComesBack() {
		JobReceipt receipt = this.queue.enqueue("x");
		this.scene.store.failsSettlements = true;

		assertThatExceptionOfType(JobNotSettledException.class).isThrownBy(() -> this.queue.handleOne(IDLE))
			.withMessageContaining(receipt.id().toString())
			.withCauseInstanceOf(StoreException.class)
			.satisfies((ex) -> assertThat(ex.outcome()).isInstanceOf(Outcome.Succeeded.class))
			.satisfies((ex) -> assertThat(ex.job().id()).isEqualTo(receipt.id()));

		this.scene.store.failsSettlements = false;
		this.scene.advance(Duration.ofSeconds(31));
		assertThat(this.queue.houseKeeping().recovered()).isEqualTo(1);
		assertThat(handle(IDLE).succeeded()).isTrue();
	}

	@Test
	void aSettlementThatTheStoreRefusesIsThrown() {
		this.queue.enqueue("x");
		this.scene.store.refusesSettlements = true;

		assertThatExceptionOfType(JobNotSettledException.class).isThrownBy(() -> this.queue.handleOne(IDLE))
			.havingCause()
			.matches((cause) -> StoreException.isRefusal((RuntimeException) cause));
	}

	@Test
	void aStoreThatIsBusyWithTheJobIsAskedAgain() {
		this.queue.enqueue("x");
		this.scene.store.busySettlements.set(2);

		assertThat(handle(IDLE).succeeded()).isTrue();
	}

	@Test
	void aHandlerThatDoesNotComeBackInTimeIsRecordedWithoutHoldingUpTheWatch() throws InterruptedException {
		JobReceipt receipt = this.queue.enqueue(JobRequest.of("x").with((options) -> options.timeout(SECOND)));
		BlockingQueue<HandledJob> answers = new LinkedBlockingQueue<>();
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		new Thread(() -> answers.add(handle(QueueHandler.of(String.class, (text, job) -> {
			running.countDown();
			while (release.getCount() > 0) {
				Thread.onSpinWait();
			}
		})))).start();
		running.await();

		lookAfter(SECOND);
		lookAfter(EngineSettings.DEFAULT.timeoutGrace());
		JobState afterTheLook = this.scene.stateOf(receipt);
		this.scene.advance(SECOND);
		JobState afterwards = this.scene.stateOf(receipt);
		release.countDown();

		assertThat(afterTheLook).isEqualTo(JobState.RUNNING);
		assertThat(afterwards).isEqualTo(JobState.RETRYING);
		assertThat(answers.take()).satisfies((handled) -> {
			assertThat(handled.outcome()).isInstanceOf(Outcome.Retry.class);
			assertThat(handled.recorded()).isTrue();
		});
	}

	/** Watches as the thread does that must never wait for the store. */
	private void lookAfter(Duration span) {
		this.scene.clock.advance(span);
		this.scene.loops.stream().filter((loop) -> loop.name().equals("deadlines")).toList().forEach(Loop::step);
	}

	@Test
	void anInterruptThatEndsAHandlerIsThereForTheLoopAroundIt() {
		this.queue.enqueue("x");

		HandledJob handled = handle(QueueHandler.of(String.class, (text, job) -> {
			Thread.currentThread().interrupt();
			new CountDownLatch(1).await();
		}));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(handled.outcome()).isInstanceOf(Outcome.Retry.class);
	}

	@Test
	void anInterruptThatComesWhileTheResultIsEncodedIsKept() {
		this.queue.enqueue("x");
		Iterable<String> result = () -> {
			Thread.currentThread().interrupt();
			return List.of("y").iterator();
		};

		HandledJob handled = handle(QueueHandler.returning(String.class, (text, job) -> result));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(handled.succeeded()).isTrue();
	}

	@Test
	void anInterruptFromBeforeDoesNotHitTheHandlerAndIsKept() {
		this.queue.enqueue("x");
		Thread.currentThread().interrupt();

		HandledJob handled = handle(QueueHandler.of(String.class,
				(text, job) -> assertThat(Thread.currentThread().isInterrupted()).isFalse()));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(handled.succeeded()).isTrue();
	}

	private HandledJob handle(QueueHandler handler) {
		return this.queue.handleOne(handler).orElseThrow();
	}

}
