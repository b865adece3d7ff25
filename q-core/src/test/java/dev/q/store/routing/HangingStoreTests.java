package dev.q.store.routing;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that takes a call and does not answer. On real threads, and for as long as a
 * caller has patience.
 */
class HangingStoreTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final Scene scene = new Scene(this.threads);

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
		this.scene.second.hang();

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
		JobId mail = this.scene.enqueue(Scene.MAIL);
		JobId work = this.scene.enqueue(Scene.WORK);

		Thread.currentThread().interrupt();
		List<JobId> claimed = this.scene.claimIds(10, Scene.MAIL, Scene.WORK);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(claimed).containsExactly(mail, work);
	}

}
