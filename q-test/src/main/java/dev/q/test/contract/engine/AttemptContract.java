package dev.q.test.contract.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.q.JobOptions;
import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.PermanentJobException;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerInvoker;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.job.TypeName;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.Retention;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of jobs by what their handlers do.
 *
 * @since 0.1
 */
public abstract class AttemptContract extends EngineTheme {

	private final List<Object> seen = new ArrayList<>();

	@Test
	void jobsRunInTheOrderOfTheirPrioritiesAndOfTheirEnqueue() {
		app().handle("note", (payload, context) -> this.seen.add(String.valueOf(payload)));
		Node producer = node();
		for (String name : List.of("third", "fourth")) {
			producer.enqueue("note", name);
		}
		producer.jobs().enqueue(Node.request("note", "second").with((o) -> o.priority(1)));
		producer.jobs().enqueue(Node.request("note", "first").with((o) -> o.priority(0)));
		turn(node());

		work();

		assertThat(this.seen).containsExactly("first", "second", "third", "fourth");
	}

	@Test
	void aDelayedJobStartsWhenItIsDueAndNotBefore() {
		app().handle("note", (payload, context) -> this.seen.add(now()));
		Node node = node();
		Instant start = now();
		turn(node());
		node.jobs().enqueue(Node.request("note", "x").with((o) -> o.in(seconds(90).plusMillis(1))));

		pass(seconds(90));
		assertThat(this.seen).isEmpty();
		pass(LOOK);
		work();

		assertThat(this.seen).containsExactly(start.plusSeconds(91));
	}

	@Test
	void theFailuresOfAllAttemptsAreKeptUntilTheLastOneIsDeath() {
		app().handle("fails", (payload, context) -> {
			if (context.attempt() == 2) {
				throw new StackOverflowError("drill 2");
			}
			throw new IOException("drill " + context.attempt());
		});
		Node node = node();
		turn(node());
		JobReceipt receipt = node.jobs().enqueue(Node.request("fails", "x").with((o) -> o.maxAttempts(3)));

		for (int attempt = 0; attempt < 3; attempt++) {
			work();
			pass(Application.RETRY_DELAY);
		}

		JobDetails job = find(receipt);
		assertThat(job.deadReason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(job.job().counters().failures()).isEqualTo(3);
		List<AttemptRecord> attempts = node.admin().attempts(receipt.queue(), receipt.id());
		assertThat(attempts).extracting(AttemptRecord::outcome)
			.containsExactly(AttemptOutcome.FAILED, AttemptOutcome.FAILED, AttemptOutcome.DEAD);
		assertThat(attempts).extracting((attempt) -> Objects.requireNonNull(attempt.error()).message())
			.containsExactly("drill 1", "drill 2", "drill 3");
	}

	@Test
	void aJobMayBringItsRetryPolicyAndAHandlerItsLimits() {
		app().handle("fails", JobOptions.NONE.maxAttempts(2).retry("fixed(25s)"), (payload, context) -> {
			throw new IOException("drill");
		});
		Node node = node();
		turn(node());
		JobReceipt usual = node.enqueue("fails", "x");
		JobReceipt patient = node.jobs().enqueue(Node.request("fails", "x").with((o) -> o.retry("linear(1h)")));
		work();

		pass(seconds(25));
		work();

		assertThat(state(usual)).isEqualTo(JobState.DEAD);
		assertThat(state(patient)).isEqualTo(JobState.RETRYING);
		assertThat(find(patient).job().times().runAt()).isBetween(now().plusSeconds(3500), now().plusSeconds(3600));
	}

	@Test
	void aHandlerMaySayItselfWhatBecomesOfItsJob() {
		app().handle("snoozes", once(JobOutcome.snooze(seconds(30))))
			.handle("refuses", once(JobOutcome.nack(seconds(20))))
			.handle("asks-for-a-time", once(JobOutcome.retryAt(now().plusSeconds(40), "busy")))
			.handle("discards", (payload, context) -> JobOutcome.discard("stale"))
			.handle("gives-up", (payload, context) -> {
				throw new PermanentJobException("drill");
			});
		Node node = node();
		turn(node());
		List<JobReceipt> receipts = List.of("snoozes", "refuses", "asks-for-a-time", "discards", "gives-up")
			.stream()
			.map((type) -> node.enqueue(type, "x"))
			.toList();

		work();
		assertThat(receipts).extracting(this::state)
			.containsExactly(JobState.SCHEDULED, JobState.SCHEDULED, JobState.RETRYING, JobState.CANCELLED,
					JobState.DEAD);
		pass(seconds(40));
		work();

		assertThat(receipts).extracting(this::state)
			.containsExactly(JobState.SUCCEEDED, JobState.SUCCEEDED, JobState.SUCCEEDED, JobState.CANCELLED,
					JobState.DEAD);
		assertThat(receipts).extracting((receipt) -> find(receipt).job().counters().failures())
			.containsExactly(0, 0, 1, 0, 1);
		assertThat(find(receipts.get(4)).deadReason()).isEqualTo(DeadReason.PERMANENT);
	}

	private static HandlerInvoker once(JobOutcome outcome) {
		return (payload, context) -> (context.fencingToken() == 1) ? outcome : null;
	}

	@Test
	void aPayloadThatCannotBeReadIsKeptAndItsNeighboursRun() {
		app()
			.handle(new HandlerDefinition(new TypeName("number"), Integer.class, JobOptions.NONE,
					(payload, context) -> this.seen.add("number"), "test number"))
			.handle("note", (payload, context) -> this.seen.add("note"));
		Node node = node();
		turn(node());
		JobReceipt unreadable = node.enqueue("number", "no number");
		node.enqueue("note", "x");

		work();

		assertThat(find(unreadable).deadReason()).isEqualTo(DeadReason.UNDECODABLE);
		assertThat(find(unreadable).job().spec().payload()).isEqualTo(app().codec().encode("no number"));
		assertThat(this.seen).containsExactly("note");
	}

	@Test
	void aJobThatANodeDoesNotKnowIsLeftToAnother() {
		Node old = node();
		Node young = node(new Application().handle("new", (payload, context) -> this.seen.add("young")));
		ManualJobEngine engine = turn(old);
		JobReceipt receipt = old.enqueue("new", "x");
		work();
		assertThat(state(receipt)).isEqualTo(JobState.SCHEDULED);

		turn(young);
		passWithout(engine, seconds(10));
		work();

		assertThat(this.seen).containsExactly("young");
		assertThat(find(receipt).job().counters().failures()).isZero();
	}

	@Test
	void whatIsKeptLongEnoughIsDeletedByAnyNode() {
		app().settings(
				(usual) -> usual.withRetention(new Retention(seconds(60), 100, seconds(60), seconds(60), seconds(600))))
			.handle("note", (payload, context) -> this.seen.add("note"))
			.handle("fails", (payload, context) -> {
				throw new PermanentJobException("drill");
			});
		Node node = node();
		turn(node);
		turn(node());
		JobReceipt done = node.enqueue("note", "x");
		JobReceipt dead = node.enqueue("fails", "x");
		work();

		pass(seconds(61));
		assertThat(node.jobs().find(done)).isEmpty();
		assertThat(state(dead)).isEqualTo(JobState.DEAD);
		pass(seconds(600));

		assertThat(all()).isEmpty();
	}

}
