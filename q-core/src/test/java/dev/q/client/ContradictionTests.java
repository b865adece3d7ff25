package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.UnsupportedJobOptionException;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerMark;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What layers say that cannot be had together.
 */
class ContradictionTests {

	private static final JobRequest GREET = JobRequest.of("greet", null);

	private static final JobOptions ONCE = JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE);

	private static final JobOptions RELAXED = JobOptions.NONE.durability(Durability.RELAXED);

	@Test
	void deliveryOfTheQueueAndAttemptsOfTheHandlerAreNamedWithTheirOrigin() {
		Client client = Client.of(queue(ONCE), handler(JobOptions.NONE.maxAttempts(3)));

		assertThatIllegalArgumentException().isThrownBy(() -> client.jobs.enqueue(GREET))
			.withMessage("A job of type greet can have one attempt: it has delivery AT_MOST_ONCE (from the settings of"
					+ " queue mail, q.queues.mail) and 3 attempts (from the handler of type greet)."
					+ " Leave one of them out");
		assertThat(client.store.inserts()).isEmpty();
	}

	@Test
	void deliveryOfTheApplicationAndAttemptsOfAQueueAreNamedWithTheirOrigin() {
		Client client = Client.of(settings(ONCE, JobOptions.NONE.maxAttempts(2)), handler(JobOptions.NONE));

		assertThatIllegalArgumentException().isThrownBy(() -> client.jobs.enqueue(GREET))
			.withMessageContainingAll("AT_MOST_ONCE (from the settings of the application)",
					"2 attempts (from the settings of queue mail, q.queues.mail)");
	}

	@Test
	void aDelayOfTheCallAndATimeToLiveOfTheQueueAreNamedWithTheirOrigin() {
		Client client = Client.of(queue(JobOptions.NONE.timeToLive(Duration.ofMinutes(1))), handler(JobOptions.NONE));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> client.jobs.enqueue(GREET.with((none) -> none.in(Duration.ofMinutes(2)))))
			.withMessageContainingAll("a delay of PT2M (from the call)",
					"a time to live of PT1M (from the settings of queue mail, q.queues.mail)", "start it sooner");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> client.jobs.with(JobOptions.NONE.in(Duration.ofMinutes(2))).enqueue(GREET))
			.withMessageContaining("a delay of PT2M (from the template that was called)");
	}

	@Test
	void whatTheStoreLacksIsNamedWithItsOrigin() {
		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> Client.able().jobs.with(RELAXED).enqueue(GREET))
			.withMessageContainingAll("durability RELAXED", "RELAXED_DURABILITY", "from the template that was called");
	}

	@Test
	void aDeadlineOfLongAgoIsOverAndCanBeStored() {
		Client client = Client.plain();

		client.jobs.with(JobOptions.NONE.deadline(Instant.MIN)).enqueue(GREET);

		assertThat(client.store.job().spec().limits().deadline()).isEqualTo(Instant.EPOCH);
	}

	@Test
	void attemptsOfTheQueueDoNotBindAJobThatACallOrAHandlerWantsToRunOnce() {
		Client client = Client.of(queue(JobOptions.NONE.maxAttempts(9)), handler(ONCE));

		client.jobs.enqueue(GREET);

		assertThat(client.store.job().spec().limits().maxAttempts()).isEqualTo(1);
	}

	@Test
	void attemptsOfTheApplicationAreThoseOfJobsThatMayStartAgain() {
		Client client = Client.of(settings(ONCE.maxAttempts(7), JobOptions.NONE), handler(JobOptions.NONE));

		client.jobs.enqueue(GREET);
		client.jobs.enqueue(GREET.with((none) -> none.delivery(DeliveryMode.AT_LEAST_ONCE)));

		assertThat(client.store.groups())
			.extracting((group) -> group.jobs().get(0).spec().delivery() + " "
					+ group.jobs().get(0).spec().limits().maxAttempts())
			.containsExactly("AT_MOST_ONCE 1", "AT_LEAST_ONCE 7");
	}

	@Test
	void aCheckFindsBeforeTheFirstJobWhatEachEnqueueWouldBeRefusedFor() {
		OptionCheck check = new OptionCheck(Client.able().store,
				settings(JobOptions.NONE, JobOptions.NONE.durability(Durability.RELAXED)));

		assertThatIllegalArgumentException().isThrownBy(() -> check.requireSound(new QueueName("mail")))
			.withMessageContainingAll("RELAXED", "q.queues.mail", "Store recording");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> check
				.requireSound(new HandlerMark(new TypeName("greet"), JobOptions.NONE.timeToLive(Duration.ofHours(1)))))
			.withMessageContainingAll("timeToLive", "from the handler of type greet", "EXPIRY");
		check.requireSound(new QueueName("other"));
	}

	private static ClientSettings queue(JobOptions options) {
		return settings(JobOptions.NONE, options);
	}

	private static ClientSettings settings(JobOptions defaults, JobOptions mail) {
		return new ClientSettings(defaults, Map.of(new QueueName("mail"), mail), 1024);
	}

	private static HandlerDefinition handler(JobOptions options) {
		return Client.handler("greet", String.class, options.queue("mail"));
	}

}
