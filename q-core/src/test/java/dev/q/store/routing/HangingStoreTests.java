package dev.q.store.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that takes a call and does not answer. On real threads, and for as long as a
 * caller has patience: with the one that hangs none, with all others enough.
 */
@Timeout(60)
class HangingStoreTests {

	private static final Duration AMPLE = Duration.ofSeconds(30);

	/** Counted down when the errand of a thread can come no further. */
	private static final ThreadLocal<CountDownLatch> errand = new ThreadLocal<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private Scene scene = new Scene(new Messengers(this::runUntilItHangs, Duration.ofMillis(1)));

	@AfterEach
	void close() {
		this.scene.second.answer();
		this.scene.close();
		this.threads.shutdown();
	}

	@Test
	void whoAsksSeveralStoresDoesNotWaitForTheOneThatHangsAndItsLateJobsGoBack() throws InterruptedException {
		JobId work = this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);
		this.scene.second.hang(() -> errand.get().countDown());

		ClaimAnswer first = this.scene.claim(10, Scene.MAIL, Scene.WORK);
		int asked = this.scene.second.calls.size();
		ClaimAnswer second = this.scene.claim(10, Scene.MAIL, Scene.WORK);

		assertThat(Scene.ids(first.jobs())).containsExactly(work);
		assertThat(second.jobs()).isEmpty();
		assertThat(this.scene.second.calls).hasSize(asked);
		assertThat(this.scene.stores.problems()).hasSize(1);

		this.scene.second.answer();
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		JobDetails back = this.scene.second.store().catalog().find(List.of(mail)).get(0);
		assertThat(back.state()).isEqualTo(JobState.READY);
		assertThat(back.job().counters().crashes()).isZero();
		assertThat(back.job().counters().releases()).isOne();
	}

	@Test
	void anInterruptNeitherEndsTheWaitNorGetsLost() {
		Thread caller = Thread.currentThread();
		this.scene = new Scene(new Messengers((task) -> this.threads.execute(() -> {
			while (caller.isInterrupted()) {
				Thread.onSpinWait();
			}
			task.run();
		}), AMPLE));
		JobId mail = this.scene.enqueue(Scene.MAIL);
		JobId work = this.scene.enqueue(Scene.WORK);

		caller.interrupt();
		List<JobId> claimed = this.scene.claimIds(10, Scene.MAIL, Scene.WORK);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(claimed).containsExactly(mail, work);
	}

	/** Runs an errand, and waits until it is done or hangs. */
	private void runUntilItHangs(Runnable task) {
		CountDownLatch end = new CountDownLatch(1);
		this.threads.execute(() -> {
			errand.set(end);
			try {
				task.run();
			}
			finally {
				end.countDown();
			}
		});
		try {
			assertThat(end.await(AMPLE.toSeconds(), TimeUnit.SECONDS)).as("an errand that ends or hangs").isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
