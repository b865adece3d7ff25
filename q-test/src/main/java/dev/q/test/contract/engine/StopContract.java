package dev.q.test.contract.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvent;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.result.JobResult;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of jobs whose worker stops.
 *
 * @since 0.1
 */
public abstract class StopContract extends EngineTheme {

	private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

	private final CountDownLatch never = new CountDownLatch(1);

	@Test
	void aStopWaitsForAHandlerAndOtherNodesSeeThatTheWorkerDrains() throws InterruptedException {
		app().settings((usual) -> usual.withShutdownTimeout(PATIENCE));
		Node producer = node();
		app().handle("heeds", (payload, context) -> {
			this.happened.add("starts");
			while (!context.shouldStop()) {
				Thread.onSpinWait();
			}
			return producer.admin().workers(Application.QUEUE).get(0).state().name();
		});
		JobReceipt running = producer.enqueue("heeds", "x");
		JobEngine engine = start(node());
		expect(this.happened, "starts");

		engine.stop();

		assertThat(producer.jobs().result(running, String.class))
			.isEqualTo(new JobResult.Succeeded<>(WorkerInfo.State.DRAINING.name(), null));
		assertThat(producer.admin().workers()).isEmpty();
		JobReceipt late = producer.enqueue("heeds", "x");
		assertThat(state(late)).isEqualTo(JobState.READY);
	}

	@Test
	void aJobThatIsNotDoneInTimeIsHandedBackUncountedAndRunsElsewhere() throws InterruptedException {
		app().handle("blocks-once", (payload, context) -> {
			this.happened.add("starts");
			if (context.fencingToken() == 1) {
				this.never.await();
			}
			return "done";
		});

		JobReceipt receipt = stopWhileItRuns(JobOptions.NONE, "blocks-once");

		JobDetails job = find(receipt);
		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.job().counters().failures()).isZero();
		assertThat(job.job().counters().releases()).isOne();
		Node other = node();
		start(other);
		assertThat(await(other, JobEvent.Succeeded.class).id()).isEqualTo(receipt.id());
	}

	@Test
	void aJobThatMayStartOnceIsDeadIfAStopInterruptsIt() throws InterruptedException {
		app().handle("blocks", (payload, context) -> {
			this.happened.add("starts");
			this.never.await();
			return null;
		});

		JobReceipt receipt = stopWhileItRuns(JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE), "blocks");

		assertThat(find(receipt).deadReason()).isEqualTo(DeadReason.INTERRUPTED);
	}

	private JobReceipt stopWhileItRuns(JobOptions options, String type) throws InterruptedException {
		Node producer = node();
		JobReceipt receipt = producer.jobs().with(options).enqueue(Node.request(type, "x"));
		JobEngine engine = start(node());
		expect(this.happened, "starts");
		engine.stop();
		return receipt;
	}

}
