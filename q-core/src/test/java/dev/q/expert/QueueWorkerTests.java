package dev.q.expert;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import dev.q.JobReceipt;
import dev.q.engine.EnginePorts;
import dev.q.event.JobEvent;
import dev.q.job.JobState;
import dev.q.loop.PlatformThreads;
import dev.q.scene.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class QueueWorkerTests {

	private final QueueScene scene = new QueueScene();

	private final Heard heard = new Heard();

	private final JobQueue queue = this.scene.builder()
		.listener(this.heard)
		.ports(new EnginePorts(this.scene.clock, new PlatformThreads(), new SplittableRandom(1)))
		.build();

	@AfterEach
	void close() {
		this.queue.close();
		this.scene.close();
	}

	@Test
	void asManyJobsRunAtOnceAsWereAskedFor() throws InterruptedException {
		CyclicBarrier three = new CyclicBarrier(3);
		try (QueueWorker worker = Q.run(this.queue, QueueHandler.of(Integer.class, (number, job) -> three.await()),
				3)) {
			for (int i = 0; i < 9; i++) {
				this.queue.enqueue(i);
			}

			this.heard.await(JobEvent.Succeeded.class, 9);
			awaitRegistered();
			assertThat(worker.isRunning()).isTrue();
		}

		assertThat(this.queue.stats().count(JobState.SUCCEEDED)).isEqualTo(9);
		assertThat(this.scene.store.cluster().workers()).isEmpty();
	}

	@Test
	void whoAwaitsAWorkerIsToldOfItsEnd() throws InterruptedException {
		CountDownLatch awaited = new CountDownLatch(1);
		QueueWorker worker = Q.run(this.queue, QueueHandler.of(byte[].class, (bytes, job) -> {
		}), 1);
		Thread waiting = new Thread(() -> {
			try {
				worker.await();
				awaited.countDown();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		waiting.start();

		worker.close();
		worker.close();

		assertThat(awaited.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(worker.isRunning()).isFalse();
	}

	@Test
	void aWorkerGoesOnWhenTheQueueIsClosed() throws InterruptedException {
		JobReceipt receipt;
		try (QueueWorker worker = Q.run(this.queue, QueueHandler.of(String.class, (text, job) -> {
		}), 1)) {
			this.queue.close();
			receipt = this.scene.queue.enqueue("x");

			this.heard.await(JobEvent.Succeeded.class, 1);
			assertThat(worker.isRunning()).isTrue();
		}

		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.SUCCEEDED);
	}

	/** From then on it is long until the worker says by itself how it fares. */
	private void awaitRegistered() {
		while (this.scene.store.cluster().workers().isEmpty()) {
			Thread.onSpinWait();
		}
	}

	@Test
	void aWorkerRunsAtLeastOneJobAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Q.run(this.queue, QueueHandler.of(byte[].class, (bytes, job) -> {
			}), 0))
			.withMessageContaining("at least 1");
	}

}
