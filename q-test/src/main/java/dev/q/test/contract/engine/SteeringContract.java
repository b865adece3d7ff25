package dev.q.test.contract.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.JobReceipt;
import dev.q.QueuePausedException;
import dev.q.admin.BulkAction;
import dev.q.admin.BulkReport;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobEdit;
import dev.q.admin.JobFilter;
import dev.q.job.Due;
import dev.q.job.JobState;
import dev.q.job.TypeName;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.result.JobResult;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator does on one node, and the worker of another one sees.
 *
 * @since 0.1
 */
public abstract class SteeringContract extends EngineTheme {

	private static final int JOBS = 5;

	private final List<String> seen = new ArrayList<>();

	private Node operator;

	@BeforeEach
	void handle() {
		app().handle("repair", (payload, context) -> {
			this.seen.add(String.valueOf(payload));
			if ("broken".equals(payload) && context.fencingToken() == 1) {
				throw new IllegalStateException("drill");
			}
			return payload;
		}).handle("strict", (payload, context) -> {
			if ("broken".equals(payload)) {
				throw new IllegalStateException("drill");
			}
			return payload;
		});
		this.operator = node();
		turn(node());
	}

	@Test
	void deadJobsAreCountedByADryRunAndRunAgainByABulkRetry() {
		List<JobReceipt> receipts = Stream.generate(() -> dead("repair")).limit(JOBS).toList();
		JobReceipt other = dead("strict");
		BulkRequest request = BulkRequest.of(BulkAction.retry(),
				JobFilter.ALL.of(Application.QUEUE).of(new TypeName("repair")));
		work();

		assertThat(this.operator.admin().dryRun(request)).isEqualTo(new BulkReport(JOBS, JOBS, 0, null));
		work();
		assertThat(receipts).extracting(this::state).containsOnly(JobState.DEAD);
		assertThat(this.operator.admin().run(request)).isEqualTo(new BulkReport(JOBS, JOBS, JOBS, null));
		work();

		assertThat(receipts).extracting(this::state).containsOnly(JobState.SUCCEEDED);
		assertThat(state(other)).isEqualTo(JobState.DEAD);
		assertThat(this.seen).hasSize(2 * JOBS);
	}

	@Test
	void aDeadJobIsMendedAndRunsWithItsHistory() {
		JobReceipt receipt = dead("strict");
		work();

		this.operator.admin().editAndRetry(JobEdit.of(find(receipt).job()).payload(app().codec().encode("mended")));
		work();

		assertThat(this.operator.jobs().result(receipt, String.class))
			.isEqualTo(new JobResult.Succeeded<>("mended", null));
		assertThat(this.operator.admin().attempts(receipt.queue(), receipt.id())).extracting(AttemptRecord::outcome)
			.containsExactly(AttemptOutcome.DEAD, AttemptOutcome.SUCCEEDED);
	}

	@Test
	void aJobOnHoldRunsWhenItIsReleased() {
		JobReceipt receipt = this.operator.enqueue("repair", "held");
		assertThat(this.operator.admin().hold(List.of(receipt.id()))).containsExactly(receipt.id());
		work();
		assertThat(this.seen).isEmpty();

		this.operator.admin().release(Set.of(receipt.id()));
		work();

		assertThat(this.seen).containsExactly("held");
	}

	@Test
	void aDelayedJobRunsAtTheTimeThatItIsGiven() {
		JobReceipt now = later("now");
		JobReceipt sooner = later("sooner");

		this.operator.admin().runNow(Set.of(now.id()));
		this.operator.admin().reschedule(Set.of(sooner.id()), Due.in(seconds(60)));
		work();
		assertThat(this.seen).containsExactly("now");
		pass(seconds(60));

		assertThat(this.seen).containsExactly("now", "sooner");
	}

	@Test
	void aPausedQueueTakesNothingInOrHandsNothingOutOnAnyNode() {
		Node other = node();
		this.operator.admin().pause(Application.QUEUE, PauseMode.IN);
		assertThatExceptionOfType(QueuePausedException.class).isThrownBy(() -> other.enqueue("repair", "refused"));
		assertThat(other.heardNames()).containsExactly("Refused");

		this.operator.admin().pause(Application.QUEUE, PauseMode.OUT);
		JobReceipt receipt = other.enqueue("repair", "waits");
		work();
		assertThat(state(receipt)).isEqualTo(JobState.READY);
		other.admin().resume(Application.QUEUE);
		work();

		assertThat(this.seen).containsExactly("waits");
	}

	private JobReceipt dead(String type) {
		return this.operator.jobs().enqueue(Node.request(type, "broken").with((o) -> o.maxAttempts(1)));
	}

	private JobReceipt later(String payload) {
		return this.operator.jobs().enqueue(Node.request("repair", payload).with((o) -> o.in(seconds(3600))));
	}

}
