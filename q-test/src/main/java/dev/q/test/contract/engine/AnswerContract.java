package dev.q.test.contract.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.JobReceipt.Status;
import dev.q.JobRequest;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.result.JobResult;
import dev.q.result.UnreadableResultException;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a node that enqueues is answered, and what it learns of the ends of its jobs, all
 * of which run on another one.
 *
 * @since 0.1
 */
public abstract class AnswerContract extends EngineTheme {

	private Node producer;

	@BeforeEach
	void handle() {
		app().handle("echo", (payload, context) -> "echo of " + payload).handle("fails", (payload, context) -> {
			throw new IOException("drill");
		}).handle("cancels", (payload, context) -> JobOutcome.cancel("drill"));
		this.producer = node();
	}

	@Test
	void whoeverWaitsLearnsHowTheJobEndedOnAnotherNode() throws InterruptedException {
		start(node());

		JobReceipt done = this.producer.enqueue("echo", "x");
		assertThat(this.producer.jobs().await(done, String.class, PATIENCE))
			.isEqualTo(new JobResult.Succeeded<>("echo of x", null));
		JobReceipt dead = this.producer.jobs().enqueue(Node.request("fails", "x").with((o) -> o.maxAttempts(1)));
		JobResult.Failed<String> failed = (JobResult.Failed<String>) this.producer.jobs()
			.await(dead, String.class, PATIENCE);
		assertThat(failed.reason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(failed.error().message()).isEqualTo("drill");
		JobReceipt cancelled = this.producer.enqueue("cancels", "x");
		assertThat(this.producer.jobs().await(cancelled, String.class, PATIENCE))
			.isEqualTo(new JobResult.Cancelled<>("drill"));
	}

	@Test
	void aResultIsReadOfItsTypeAndOnceIfAskedFor() {
		turn(node());
		JobReceipt receipt = this.producer.enqueue("echo", "x");
		assertThat(this.producer.jobs().result(receipt, String.class))
			.isEqualTo(new JobResult.Pending<>(JobState.READY));
		work();

		assertThatExceptionOfType(UnreadableResultException.class)
			.isThrownBy(() -> this.producer.jobs().result(receipt, Integer.class));
		assertThat(this.producer.jobs().results().readOnce().get(receipt.id(), String.class))
			.isEqualTo(new JobResult.Succeeded<>("echo of x", null));
		assertThat(this.producer.jobs().result(receipt, String.class)).isEqualTo(new JobResult.NotFound<>());
	}

	@Test
	void aRequestThatIsSentAgainIsADuplicateBeforeAndAfterItsJobHasRun() {
		turn(node());
		JobReceipt first = this.producer.enqueue("echo", "x");
		JobRequest again = Node.request("echo", "y").withId(first.id());

		assertThat(first.status()).isEqualTo(Status.STORED);
		assertThat(this.producer.jobs().enqueue(again))
			.isEqualTo(new JobReceipt(first.id(), first.queue(), Status.DUPLICATE));
		work();

		assertThat(node().jobs().enqueue(again).status()).isEqualTo(Status.DUPLICATE);
		assertThat(this.producer.jobs().result(first, String.class))
			.isEqualTo(new JobResult.Succeeded<>("echo of x", null));
	}

	@Test
	void jobsAreEnqueuedTogetherOrWithoutWaitingAndFound() throws Exception {
		turn(node());
		List<JobReceipt> together = this.producer.jobs()
			.enqueueAll(List.of(Node.request("echo", "a"), Node.request("echo", "b")));
		JobReceipt alone = this.producer.jobs()
			.enqueueAsync(Node.request("echo", "c").with((o) -> o.tag("red").header("tenant", "t")))
			.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		work();

		List<JobDetails> found = node().jobs()
			.findAll(Application.QUEUE.value(), List.of(alone.id(), together.get(0).id(), together.get(1).id()));
		assertThat(found).extracting(JobDetails::id)
			.containsExactly(alone.id(), together.get(0).id(), together.get(1).id());
		assertThat(found).extracting(JobDetails::state).containsOnly(JobState.SUCCEEDED);
		assertThat(found.get(0).job().spec().tags()).containsExactly("red");
		assertThat(found.get(0).job().spec().headers()).isEqualTo(Map.of("tenant", "t"));
	}

	@Test
	void aJobThatExpiresIsAnsweredAsExpiredAndDeletedOnesAreNotFound() throws InterruptedException {
		this.producer.admin().pause(Application.QUEUE, PauseMode.OUT);
		JobReceipt expiring = this.producer.jobs()
			.enqueue(Node.request("echo", "x").with((o) -> o.timeToLive(seconds(5))));
		JobReceipt deleted = this.producer.enqueue("echo", "x");
		start(node());

		move(seconds(5));
		node().admin().delete(List.of(deleted.id()));

		assertThat(this.producer.jobs().await(expiring, String.class, PATIENCE)).isEqualTo(new JobResult.Expired<>());
		assertThat(this.producer.jobs().await(deleted, String.class, PATIENCE)).isEqualTo(new JobResult.NotFound<>());
	}

}
