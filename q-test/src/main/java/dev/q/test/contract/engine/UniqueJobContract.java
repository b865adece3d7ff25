package dev.q.test.contract.engine;

import java.util.ArrayList;
import java.util.List;

import dev.q.DuplicateJobException;
import dev.q.JobReceipt;
import dev.q.JobReceipt.Status;
import dev.q.JobRequest;
import dev.q.job.JobState;
import dev.q.job.UniqueKey;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.StoreCapability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Unique jobs, as those who enqueue and handle them see it.
 *
 * @since 0.1
 */
public abstract class UniqueJobContract extends EngineTheme {

	/** What handlers were given, in their order. */
	private final List<Object> seen = new ArrayList<>();

	private Node producer;

	@BeforeEach
	void handle() {
		app().handle("note", (payload, context) -> this.seen.add(String.valueOf(payload)));
		app().handle("enqueues-again", (payload, context) -> {
			this.seen.add(String.valueOf(payload));
			return "first".equals(payload) ? duringTheFirst() : null;
		});
		app().handle("enqueues-another", (payload, context) -> this.seen.add(pending("note", "b").status()));
		this.producer = node();
		turn(node());
		assumeThat(this.producer.store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES,
				StoreCapability.UNIQUE_UPDATES);
	}

	@Test
	void aSecondJobOfAKeyIsAnsweredWithTheFirstUntilThatHasEnded() {
		JobReceipt first = enqueue("note", "a", Conflict.RETURN_EXISTING);
		JobReceipt second = enqueue("note", "b", Conflict.RETURN_EXISTING);
		work();
		JobReceipt third = enqueue("note", "c", Conflict.RETURN_EXISTING);
		work();

		assertThat(second).isEqualTo(new JobReceipt(first.id(), Application.QUEUE, Status.DUPLICATE));
		assertThat(third.status()).isEqualTo(Status.STORED);
		assertThat(this.seen).containsExactly("a", "c");
	}

	@Test
	void orIsRefusedByAnException() {
		JobReceipt first = enqueue("note", "a", Conflict.THROW);

		assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> enqueue("note", "b", Conflict.THROW))
			.withMessageContaining(first.id().toString());

		assertThat(this.producer.heardNames()).containsExactly("Enqueued", "Refused");
	}

	@Test
	void orChangesThePayloadOfTheFirst() {
		JobReceipt first = enqueue("note", "a", Conflict.REPLACE_PAYLOAD);
		JobReceipt second = enqueue("note", "b", Conflict.REPLACE_PAYLOAD);
		work();

		assertThat(second).isEqualTo(new JobReceipt(first.id(), Application.QUEUE, Status.UPDATED));
		assertThat(this.seen).containsExactly("b");
	}

	@Test
	void orChangesTheTimeOfTheFirst() {
		JobRequest request = request("note", "a", Conflict.RESCHEDULE).with((o) -> o.in(seconds(10)));
		this.producer.jobs().enqueue(request);
		pass(seconds(9));
		JobReceipt second = this.producer.jobs().enqueue(request);
		pass(seconds(9));
		assertThat(this.seen).isEmpty();
		pass(seconds(1));
		work();

		assertThat(second.status()).isEqualTo(Status.UPDATED);
		assertThat(this.seen).containsExactly("a");
	}

	@Test
	void orRunsOnceMoreAfterItWithTheNewestPayload() {
		JobReceipt first = enqueue("enqueues-again", "first", Conflict.RUN_AGAIN_AFTER);
		work();
		work();

		assertThat(state(first)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.seen).containsExactly("first", "BLOCKED STORED UPDATED", "third");
		assertThat(all()).hasSize(2);
	}

	/** Enqueues two more while the first runs, and lets another look in vain. */
	private Object duringTheFirst() {
		JobReceipt second = enqueue("enqueues-again", "second", Conflict.RUN_AGAIN_AFTER);
		JobReceipt third = enqueue("enqueues-again", "third", Conflict.RUN_AGAIN_AFTER);
		work();
		return this.seen.add("%s %s %s".formatted(state(second), second.status(), third.status()));
	}

	@Test
	void aKeyThatIsHeldUntilTheStartIsFreeWhileTheJobRuns() {
		pending("enqueues-another", "a");
		work();
		work();

		assertThat(this.seen).containsExactly(Status.STORED, "b");
	}

	@Test
	void jobsOfEqualPayloadsAreOne() {
		JobRequest equal = Node.request("note", "a").with((o) -> o.uniqueByPayload(UniqueKey.ByPayload.DEFAULT));
		JobReceipt first = this.producer.jobs().enqueue(equal);
		JobReceipt again = this.producer.jobs().enqueue(equal);
		JobReceipt other = this.producer.jobs()
			.enqueue(Node.request("note", "b").with((o) -> o.uniqueByPayload(UniqueKey.ByPayload.DEFAULT)));
		work();

		assertThat(again.id()).isEqualTo(first.id()).isNotEqualTo(other.id());
		assertThat(this.seen).containsExactlyInAnyOrder("a", "b");
	}

	private JobReceipt pending(String type, String payload) {
		return this.producer.jobs()
			.enqueue(Node.request(type, payload)
				.with((o) -> o.unique(new UniqueKey("key", Scope.PENDING, Conflict.RETURN_EXISTING))));
	}

	private JobReceipt enqueue(String type, String payload, Conflict conflict) {
		return this.producer.jobs().enqueue(request(type, payload, conflict));
	}

	private static JobRequest request(String type, String payload, Conflict conflict) {
		return Node.request(type, payload).with((o) -> o.unique(new UniqueKey("key", Scope.UNTIL_DONE, conflict)));
	}

}
