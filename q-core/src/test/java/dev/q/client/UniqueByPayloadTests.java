package dev.q.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.UnsupportedJobOptionException;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.UniqueKey;
import dev.q.job.UniqueKey.ByPayload;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreCapability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of jobs whose payload is their key.
 */
class UniqueByPayloadTests {

	private static final JobOptions BY_PAYLOAD = JobOptions.NONE.uniqueByPayload(ByPayload.DEFAULT);

	private final Client client = Client.able(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);

	@Test
	void theOrderOfFieldsAndWhiteSpaceDoNotMatter() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", Map.of("c", List.of(1, 2)));
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("b", Map.of("c", List.of(1, 2)));
		other.put("a", 1);

		assertThat(keyOf("t", one)).isEqualTo(keyOf("t", other))
			.isEqualTo(keyOf("t", json("{ \"b\" : {\"c\":[1,2]},\n\"a\":1 }")));
	}

	@Test
	void whatSaysSomethingElseHasAnotherKey() {
		assertThat(List.of(keyOf("t", List.of(1, 2)), keyOf("t", List.of(2, 1)), keyOf("u", List.of(1, 2)),
				keyOf("t", json("[0.1]")), keyOf("t", json("[0.1000000000000000055511151231257827]")),
				keyOf("t", json("[12345678901234567890123]")), keyOf("t", json("[12345678901234567890124]")),
				keyOf("t", "[1,2]".getBytes(StandardCharsets.UTF_8)), keyOf("t", null), keyOf("t", "")))
			.doesNotHaveDuplicates();
	}

	@Test
	void bytesCountAsTheyAre() {
		assertThat(keyOf("t", new byte[] { 1, 2 })).isEqualTo(keyOf("t", new byte[] { 1, 2 }))
			.isNotEqualTo(keyOf("t", new byte[] { 2, 1 }));
	}

	@Test
	void everyQueueHasKeysOfItsOwn() {
		UniqueKey here = key(BY_PAYLOAD, "t", "a");
		UniqueKey there = key(BY_PAYLOAD.queue("mail"), "t", "a");

		assertThat(here.value()).isNotEqualTo(there.value());
	}

	@Test
	void theKeyHasScopeAndConflictOfTheRule() {
		UniqueKey key = key(
				JobOptions.NONE.uniqueByPayload(new ByPayload(Scope.UNTIL_SUCCESS, Conflict.RUN_AGAIN_AFTER)), "t",
				"a");

		assertThat(key.scope()).isEqualTo(Scope.UNTIL_SUCCESS);
		assertThat(key.conflict()).isEqualTo(Conflict.RUN_AGAIN_AFTER);
		assertThat(key.value()).matches("payload-sha256:[0-9a-f]{64}");
	}

	@Test
	void whatIsSaidLastOfAKeyCounts() {
		UniqueKey key = UniqueKey.of("k");

		assertThat(BY_PAYLOAD.unique(key).get(JobOption.UNIQUE_BY_PAYLOAD)).isEmpty();
		assertThat(BY_PAYLOAD.unique(key).get(JobOption.UNIQUE)).contains(key);
		assertThat(JobOptions.NONE.unique(key).uniqueByPayload(ByPayload.DEFAULT)).isEqualTo(BY_PAYLOAD);
		assertThat(BY_PAYLOAD.over(JobOptions.NONE.unique(key))).isEqualTo(BY_PAYLOAD);
		assertThat(JobOptions.NONE.priority(1).over(BY_PAYLOAD).get(JobOption.UNIQUE_BY_PAYLOAD)).isPresent();
	}

	@Test
	void aRuleThatTheStoreCannotKeepIsRefused() {
		Client poor = Client.able();
		ByPayload rule = new ByPayload(new Scope.Window(Duration.ofHours(1)), Conflict.THROW);

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> poor.jobs.with(JobOptions.NONE.uniqueByPayload(rule)).enqueue("t", null))
			.withMessageContaining("UNIQUE_SCOPES");
	}

	@Test
	void whatIsNoJsonCannotBeAKey() {
		for (String broken : List.of("{", "{} {}", "nonsense")) {
			assertThatIllegalArgumentException().isThrownBy(() -> keyOf("t", json(broken)))
				.withMessageContaining("A job of type t cannot be unique by its payload")
				.withMessageNotContaining("nonsense");
		}
	}

	@Test
	void theReceiptSaysWhichJobWasChanged() {
		JobId holder = new JobId(new UUID(1, 2));
		this.client.store.answerNext((group) -> new InsertAnswer.Accepted(List.of(InsertAnswer.Entry.changed(holder))));

		JobReceipt receipt = this.client.jobs.with(BY_PAYLOAD).enqueue("t", "a");

		assertThat(receipt.id()).isEqualTo(holder);
		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.UPDATED);
	}

	private String keyOf(String type, @Nullable Object payload) {
		return key(BY_PAYLOAD, type, payload).value();
	}

	private UniqueKey key(JobOptions options, String type, @Nullable Object payload) {
		this.client.jobs.with(options).enqueue(type, payload);
		List<JobSpec> specs = this.client.store.groups()
			.stream()
			.flatMap((group) -> group.jobs().stream())
			.map((job) -> job.spec())
			.toList();
		UniqueKey key = specs.get(specs.size() - 1).unique();
		assertThat(key).isNotNull();
		return key;
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

}
