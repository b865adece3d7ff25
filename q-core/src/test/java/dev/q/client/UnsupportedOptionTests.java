package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.UnsupportedJobOptionException;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.UniqueKey;
import dev.q.store.StoreCapability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnsupportedOptionTests {

	private static final JobRequest PLAIN = JobRequest.of("t", null);

	static Stream<Arguments> optionsAndWhatTheyNeed() {
		return Stream.of(
				Arguments.of("delivery AT_MOST_ONCE", JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE),
						StoreCapability.AT_MOST_ONCE),
				Arguments.of("timeToLive", JobOptions.NONE.timeToLive(Duration.ofHours(1)), StoreCapability.EXPIRY),
				Arguments.of("deadline", JobOptions.NONE.deadline(Instant.EPOCH), StoreCapability.EXPIRY),
				Arguments.of("durability RELAXED", JobOptions.NONE.durability(Durability.RELAXED),
						StoreCapability.RELAXED_DURABILITY),
				Arguments.of("durability REPLICATED",
						JobOptions.NONE.durability(new Durability.Replicated(1, Duration.ofSeconds(1))),
						StoreCapability.REPLICATED_DURABILITY),
				Arguments.of("unique scope Pending", unique(UniqueKey.Scope.PENDING, UniqueKey.Conflict.THROW),
						StoreCapability.UNIQUE_SCOPES),
				Arguments.of("unique scope UntilSuccess",
						unique(UniqueKey.Scope.UNTIL_SUCCESS, UniqueKey.Conflict.THROW), StoreCapability.UNIQUE_SCOPES),
				Arguments.of("unique scope Window",
						unique(new UniqueKey.Scope.Window(Duration.ofHours(1)), UniqueKey.Conflict.RETURN_EXISTING),
						StoreCapability.UNIQUE_SCOPES),
				Arguments.of("unique conflict REPLACE_PAYLOAD",
						unique(UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.REPLACE_PAYLOAD),
						StoreCapability.UNIQUE_UPDATES),
				Arguments.of("unique conflict RESCHEDULE",
						unique(UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.RESCHEDULE),
						StoreCapability.UNIQUE_UPDATES),
				Arguments.of("unique conflict RUN_AGAIN_AFTER",
						unique(UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.RUN_AGAIN_AFTER),
						StoreCapability.UNIQUE_UPDATES));
	}

	@ParameterizedTest
	@MethodSource("optionsAndWhatTheyNeed")
	void whatTheStoreLacksIsRefusedByName(String name, JobOptions options, StoreCapability needed) {
		Client client = Client.able();

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> client.jobs.with(options).enqueue("t", null))
			.withMessageContaining(name + " cannot be granted")
			.withMessageContaining("Store recording lacks the capability " + needed);
		assertThat(client.store.inserts()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("optionsAndWhatTheyNeed")
	void whatTheStoreHasIsGranted(String name, JobOptions options, StoreCapability needed) {
		Client client = Client.able(needed);

		client.jobs.with(options).enqueue("t", null);

		assertThat(client.store.groups()).as(name).hasSize(1);
	}

	@Test
	void oneRefusedOptionStoresNothingOfACall() {
		Client client = Client.able();
		List<JobRequest> requests = List.of(PLAIN, PLAIN.with((options) -> options.timeToLive(Duration.ofHours(1))));

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> client.jobs.enqueueAll(requests))
			.satisfies((ex) -> assertThat(ex.stored()).isEmpty());
		assertThat(client.store.inserts()).isEmpty();
	}

	@Test
	void aTimeoutNeedsNothing() {
		Client client = Client.able();

		client.jobs.with(JobOptions.NONE.timeout(Duration.ofSeconds(1))).enqueue("t", null);

		assertThat(client.store.inserts()).hasSize(1);
	}

	@Test
	void theOrdinaryKeyNeedsNothing() {
		Client client = Client.able();

		client.jobs.with(JobOptions.NONE.unique(UniqueKey.of("k"))).enqueue("t", null);
		client.jobs.with(unique(UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)).enqueue("t", null);

		assertThat(client.store.groups()).hasSize(2);
	}

	private static JobOptions unique(UniqueKey.Scope scope, UniqueKey.Conflict conflict) {
		return JobOptions.NONE.unique(new UniqueKey("k", scope, conflict));
	}

}
