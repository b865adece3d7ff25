package dev.q.test.contract.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.QueueFullException;
import dev.q.event.JobEvent;
import dev.q.job.JobState;
import dev.q.result.JobResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who stands before an enqueue and around a handler, and who hears of jobs.
 *
 * @since 0.1
 */
public abstract class HookContract extends EngineTheme {

	@Test
	void interceptorsStandOnBothSidesOfTheStore() {
		app().before((request) -> request.with((options) -> options.header("tenant", "a")))
			.around((context, next) -> next.proceed() + " of " + context.job().spec().headers().get("tenant"))
			.handle("greet", (payload, context) -> "hello " + payload + ", " + JobContext.current().attempt());
		Node producer = node();
		turn(node());

		JobReceipt receipt = producer.enqueue("greet", "you");
		work();

		assertThat(producer.jobs().result(receipt, String.class))
			.isEqualTo(new JobResult.Succeeded<>("hello you, 1 of a", null));
	}

	@Test
	void aRequestThatAnInterceptorRefusesIsNotStored() {
		app().before((request) -> {
			throw new IllegalStateException("not today");
		});
		Node node = node();

		assertThatIllegalStateException().isThrownBy(() -> node.enqueue("greet", "you")).withMessage("not today");

		assertThat(all()).isEmpty();
	}

	@Test
	void anInterceptorMaySayWhatBecomesOfTheJobInsteadOfTheHandler() {
		List<Object> seen = new ArrayList<>();
		app().around((context, next) -> JobOutcome.cancel("not " + next.payload()))
			.handle("greet", (payload, context) -> seen.add("handler"));
		Node node = node();
		turn(node);

		JobReceipt receipt = node.enqueue("greet", "you");
		work();

		assertThat(find(receipt).cancelReason()).isEqualTo("not you");
		assertThat(seen).isEmpty();
	}

	@Test
	void aFailureIsToldWhenItIsStoredWithWhatWasThrown() {
		IOException thrown = new IOException("drill");
		List<Failure> failures = new ArrayList<>();
		app().handle("fails", JobOptions.NONE.maxAttempts(2), (payload, context) -> {
			throw thrown;
		}).onFailure((job, failure, willRetry) -> {
			throw new IllegalStateException("a listener that fails");
		})
			.onFailure(
					(job, failure, willRetry) -> failures.add(new Failure(find(job.id()).state(), failure, willRetry)));
		Node node = node();
		turn(node);

		node.enqueue("fails", "x");
		work();
		pass(Application.RETRY_DELAY);
		work();

		assertThat(failures).containsExactly(new Failure(JobState.RETRYING, thrown, true),
				new Failure(JobState.DEAD, thrown, false));
	}

	@Test
	void eachNodeHearsOfWhatItDoesInItsOrder() {
		app().handle("second-time-lucky", (payload, context) -> {
			if (context.attempt() == 1) {
				throw new IOException("drill");
			}
			return "done";
		}).handle("snoozes-and-ends", (payload, context) -> {
			boolean isFirst = context.job().counters().releases() == 0;
			return isFirst ? JobOutcome.snooze(seconds(5)) : JobOutcome.cancel("enough");
		});
		Node producer = node();
		Node worker = node();
		turn(worker);

		producer.enqueue("second-time-lucky", "x");
		work();
		pass(Application.RETRY_DELAY);
		work();
		producer.enqueue("snoozes-and-ends", "x");
		work();
		pass(seconds(5));
		work();

		assertThat(producer.heardNames()).containsExactly("Enqueued", "Enqueued");
		assertThat(worker.heardNames()).containsExactly("Started", "Retried", "Started", "Succeeded", "Started",
				"Released", "Started", "Cancelled");
	}

	@Test
	void ofTwoNodesOneHearsOfAJobThatExpires() {
		app().handle("greet", (payload, context) -> null);
		Node first = node();
		Node second = node();
		turn(first);
		turn(second);

		JobReceipt receipt = first.jobs()
			.enqueue(Node.request("greet", "x").with((o) -> o.in(seconds(10)).timeToLive(seconds(20))));
		first.admin().hold(List.of(receipt.id()));
		pass(seconds(21));
		work();

		assertThat(state(receipt)).isEqualTo(JobState.EXPIRED);
		assertThat(List.of(first, second)).flatExtracting(Node::heardNames).containsExactly("Enqueued", "Expired");
		assertThat(first.jobs().result(receipt, String.class)).isEqualTo(new JobResult.Expired<>());
	}

	@Test
	void whatIsNotStoredIsToldAsRefusedOrDeduplicated() {
		Node node = node();
		JobReceipt first = node.jobs().enqueue(Node.request("greet", "x").with((o) -> o.maxLength(1)));

		node.jobs().enqueue(Node.request("greet", "x").withId(first.id()));
		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(() -> node.jobs().enqueue(Node.request("greet", "x").with((o) -> o.maxLength(1))));

		assertThat(node.heardNames()).containsExactly("Enqueued", "Deduplicated", "Refused");
		assertThat(node.heard().stream().skip(2))
			.allMatch((event) -> ((JobEvent.Refused) event).reason() == JobEvent.RefusalReason.FULL);
	}

	/**
	 * What was told of a failure, and where the job stood in the store by then.
	 */
	private record Failure(JobState state, Throwable thrown, boolean willRetry) {
	}

}
