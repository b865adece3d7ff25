package dev.q.test.contract.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.attempt.HandledJob;
import dev.q.engine.EngineSettings;
import dev.q.expert.JobQueue;
import dev.q.expert.JobQueueBuilder;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.job.JobCounters;
import dev.q.job.JobState;
import dev.q.maintenance.HousekeepingCounts;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue that is worked on the thread of the caller.
 *
 * @since 0.1
 */
public abstract class HandleOneContract extends EngineTheme {

	private final List<String> seen = new ArrayList<>();

	private final QueueHandler handler = QueueHandler.of(String.class, (text, job) -> this.seen
		.add("%s in %s: %s".formatted(job.job().spec().type(), Thread.currentThread().getName(), text)));

	private Node producer;

	private JobQueue queue;

	@BeforeEach
	void openTheQueue() {
		this.producer = node();
		this.queue = builder().build();
	}

	private JobQueueBuilder builder() {
		return Q.queue(Application.QUEUE.value())
			.store(node().store())
			.codec(app().codec())
			.settings(EngineSettings.DEFAULT.withIntervals(Duration.ofHours(1), Duration.ofHours(1)));
	}

	@AfterEach
	void closeTheQueue() {
		this.queue.close();
	}

	@Test
	void oneJobIsWorkedOnTheThreadOfTheCallerAndAnEmptyQueueAnswersAtOnce() {
		assertThat(this.queue.handleOne(this.handler)).isEmpty();
		JobReceipt first = this.producer.enqueue("any", "a");
		this.producer.enqueue("other", "b");

		Optional<HandledJob> handled = this.queue.handleOne(this.handler);

		assertThat(handled).map((job) -> job.job().id()).contains(first.id());
		assertThat(handled).map(HandledJob::succeeded).contains(true);
		assertThat(this.seen).containsExactly("any in %s: a".formatted(Thread.currentThread().getName()));
		assertThat(state(first)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.queue.stats().count(JobState.READY)).isOne();
	}

	@Test
	void whatTheHandlerSaysIsDoneToTheJob() {
		JobReceipt receipt = this.producer.enqueue("any", "a");

		this.queue.handleOne(QueueHandler.returning(String.class, (text, job) -> JobOutcome.nack(Duration.ZERO)));
		assertThat(state(receipt)).isEqualTo(JobState.READY);
		this.queue.handleOne(QueueHandler.of(String.class, (text, job) -> {
			throw new IllegalStateException("drill");
		}));
		assertThat(state(receipt)).isEqualTo(JobState.RETRYING);
		this.producer.admin().runNow(List.of(receipt.id()));
		this.queue.handleOne(this.handler);

		assertThat(find(receipt).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(find(receipt).job().counters()).isEqualTo(new JobCounters(1, 3, 0, 1, 0));
	}

	@Test
	void ofAnExclusiveQueueNobodyElseWorksAJobMeanwhile() {
		try (JobQueue one = builder().exclusive().build(); JobQueue another = builder().exclusive().build()) {
			this.producer.enqueue("any", "a");
			this.producer.enqueue("any", "b");

			Optional<HandledJob> handled = one.handleOne(QueueHandler.of(String.class,
					(text, job) -> this.seen.add(another.handleOne(this.handler).isEmpty() ? text : "both at once")));

			assertThat(handled).map(HandledJob::succeeded).contains(true);
			assertThat(this.seen).containsExactly("a");
			assertThat(another.handleOne(this.handler)).isPresent();
		}
	}

	@Test
	void aJobThatAnotherNodeEnqueuesEndsTheWait() throws Exception {
		CompletableFuture<Optional<HandledJob>> handled = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			try {
				handled.complete(this.queue.handleOne(this.handler, PATIENCE));
			}
			catch (InterruptedException ex) {
				handled.completeExceptionally(ex);
			}
		}, "waiting");
		waiting.start();
		while (waiting.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}

		JobReceipt receipt = this.producer.enqueue("any", "a");

		assertThat(handled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).map((job) -> job.job().id())
			.contains(receipt.id());
		waiting.join();
	}

	@Test
	void aWorkerMayTakeOverWithSlotsOfItsOwn() throws Exception {
		CompletableFuture<String> worked = new CompletableFuture<>();
		JobReceipt receipt = this.producer.enqueue("any", "a");

		try (QueueWorker worker = Q.run(this.queue, QueueHandler.of(String.class, (text, job) -> worked.complete(text)),
				2)) {
			assertThat(worker.isRunning()).isTrue();
			assertThat(worked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a");
		}

		assertThat(state(receipt)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void houseIsKeptWhenAskedForAndTheQueueIsCounted() {
		this.producer.jobs().enqueue(Node.request("any", "a").with((o) -> o.in(seconds(5))));
		this.producer.jobs().enqueue(Node.request("any", "a").with((o) -> o.timeToLive(seconds(5))));
		move(seconds(5));

		HousekeepingCounts counts = this.queue.houseKeeping();

		assertThat(counts).isEqualTo(new HousekeepingCounts(1, 0, 1, 0, false));
		QueueStats stats = this.queue.stats();
		assertThat(stats.count(JobState.READY)).isOne();
		assertThat(stats.count(JobState.EXPIRED)).isOne();
	}

}
