package dev.q.expert;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.attempt.HandledJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers of an exclusive queue. The poll interval is an hour.
 */
@Timeout(60)
class HandleOneExclusiveTests {

	private static final QueueHandler IDLE = QueueHandler.of(String.class, (text, job) -> {
	});

	private final QueueScene scene = new QueueScene();

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final QueueHandler held = QueueHandler.of(String.class, (text, job) -> {
		this.running.countDown();
		this.release.await();
	});

	@AfterEach
	void close() {
		this.release.countDown();
		this.scene.close();
	}

	@Test
	void whileOneCallerWorksAJobTheOthersWaitAndItsEndLetsTheNextOneStart() throws Exception {
		try (JobQueue queue = this.scene.builder().exclusive().build()) {
			queue.enqueue("first");
			queue.enqueue("second");
			CompletableFuture<Optional<HandledJob>> first = CompletableFuture
				.supplyAsync(() -> queue.handleOne(this.held), (task) -> new Thread(task).start());
			this.running.await();
			assertThat(queue.handleOne(IDLE)).isEmpty();
			CompletableFuture<Optional<HandledJob>> second = CompletableFuture.supplyAsync(() -> waitFor(queue),
					(task) -> new Thread(task).start());
			this.scene.store.looksInVain.acquire(2);
			assertThat(second).isNotDone();

			this.release.countDown();

			assertThat(first.get(30, TimeUnit.SECONDS)).isPresent();
			assertThat(second.get(30, TimeUnit.SECONDS)).isPresent();
		}
	}

	@Test
	void anotherQueueObjectThatIsExclusiveTooIsHeldBack() throws Exception {
		try (JobQueue queue = this.scene.builder().exclusive().build();
				JobQueue twin = this.scene.builder().exclusive().build()) {
			queue.enqueue("first");
			queue.enqueue("second");
			CompletableFuture<Optional<HandledJob>> first = CompletableFuture
				.supplyAsync(() -> queue.handleOne(this.held), (task) -> new Thread(task).start());
			this.running.await();

			assertThat(twin.handleOne(IDLE)).isEmpty();
			this.release.countDown();
			first.get(30, TimeUnit.SECONDS);
			assertThat(twin.handleOne(IDLE)).isPresent();
		}
	}

	private static Optional<HandledJob> waitFor(JobQueue queue) {
		try {
			return queue.handleOne(IDLE, Duration.ofDays(1));
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
