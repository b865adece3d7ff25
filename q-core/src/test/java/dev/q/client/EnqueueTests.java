package dev.q.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.q.DuplicateJobException;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.UnknownJobTypeException;
import dev.q.event.JobEvent;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnqueueTests {

	private static final JobId HOLDER = JobId.timeOrdered(Instant.EPOCH, 1, 2);

	private final Client client = Client.of(ClientSettings.DEFAULT,
			Client.handler("greet", String.class, JobOptions.NONE));

	@Test
	void aPayloadIsStoredUnderTheTypeOfItsHandler() {
		JobReceipt receipt = this.client.jobs.enqueue("hello");

		NewJob job = this.client.store.job();
		assertThat(job.spec()).isEqualTo(JobSpec.of(QueueName.DEFAULT, new TypeName("greet"),
				Payload.json("\"hello\"".getBytes(StandardCharsets.UTF_8))));
		assertThat(job.due()).isEqualTo(Due.NOW);
		assertThat(receipt).isEqualTo(new JobReceipt(job.id(), QueueName.DEFAULT, JobReceipt.Status.STORED));
	}

	@Test
	void aJobOfANamedTypeNeedsNoHandlerHere() {
		this.client.jobs.enqueue("elsewhere", null);

		assertThat(this.client.store.job().spec().type()).isEqualTo(new TypeName("elsewhere"));
		assertThat(this.client.store.job().spec().payload()).isEqualTo(Payload.EMPTY);
	}

	@Test
	void aRequestIsNotTakenForAPayload() {
		Object request = JobRequest.of("greet", "hello");

		this.client.jobs.enqueue(request);

		assertThat(this.client.store.job().spec().type()).isEqualTo(new TypeName("greet"));
	}

	@Test
	void theIdOfTheRequestIsKept() {
		assertThat(this.client.jobs.enqueue(JobRequest.of("greet", "x").withId(HOLDER)).id()).isEqualTo(HOLDER);
		assertThat(this.client.store.job().id()).isEqualTo(HOLDER);
	}

	@Test
	void theLimitOfTheQueueGoesWithTheGroup() {
		this.client.jobs.with(JobOptions.NONE.maxLength(7)).enqueue("greet", "x");

		assertThat(this.client.store.groups().get(0).maxLength()).isEqualTo(7);
	}

	@Test
	void aStoredJobIsAnnounced() {
		JobReceipt receipt = this.client.jobs.enqueue("hello");

		assertThat(this.client.events)
			.containsExactly(new JobEvent.Enqueued(receipt.id(), this.client.store.job().spec()));
	}

	@Test
	void aKnownIdIsADuplicateAndToldOfAsSuch() {
		this.client.store.answerNext((group) -> accepted(group.jobs().get(0).id(), false));

		JobReceipt receipt = this.client.jobs.enqueue("hello");

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DUPLICATE);
		assertThat(this.client.events)
			.containsExactly(new JobEvent.Deduplicated(receipt.id(), this.client.store.job().spec(), receipt.id()));
	}

	@Test
	void aTakenKeyIsADuplicateThatNamesTheHolder() {
		this.client.store.answerNext((group) -> accepted(HOLDER, false));

		JobReceipt receipt = this.client.jobs
			.enqueue(JobRequest.of("hello").with((options) -> options.unique(UniqueKey.of("key"))));

		assertThat(receipt).isEqualTo(new JobReceipt(HOLDER, QueueName.DEFAULT, JobReceipt.Status.DUPLICATE));
	}

	@Test
	void aTakenKeyIsAnExceptionIfTheJobAsksForOne() {
		JobRequest request = JobRequest.of("hello")
			.with((options) -> options
				.unique(new UniqueKey("key", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)));
		this.client.store.answerNext((group) -> accepted(HOLDER, false));

		assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> this.client.jobs.enqueue(request))
			.satisfies((ex) -> assertThat(ex.holder()).isEqualTo(HOLDER))
			.satisfies((ex) -> assertThat(ex.refused()).containsExactly(this.client.store.job().id()))
			.satisfies((ex) -> assertThat(ex.stored()).isEmpty());
		assertThat(this.client.events).containsExactly(refused(JobEvent.RefusalReason.KEY_TAKEN));
	}

	@Test
	void aRepeatedRequestIsNoConflictWithItself() {
		JobRequest request = JobRequest.of("hello")
			.withId(HOLDER)
			.with((options) -> options
				.unique(new UniqueKey("key", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)));
		this.client.store.answerNext((group) -> accepted(HOLDER, false));

		assertThat(this.client.jobs.enqueue(request).status()).isEqualTo(JobReceipt.Status.DUPLICATE);
	}

	@Test
	void aFullQueueIsAnException() {
		this.client.store.answerNext((group) -> new InsertAnswer.Full(10, 9));

		assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> this.client.jobs.enqueue("hello"))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(10))
			.satisfies((ex) -> assertThat(ex.length()).isEqualTo(9))
			.satisfies((ex) -> assertThat(ex.refused()).containsExactly(this.client.store.job().id()));
		assertThat(this.client.events).containsExactly(refused(JobEvent.RefusalReason.FULL));
	}

	@Test
	void aPausedQueueIsAnException() {
		this.client.store.answerNext((group) -> new InsertAnswer.Paused());

		assertThatExceptionOfType(QueuePausedException.class).isThrownBy(() -> this.client.jobs.enqueue("hello"))
			.withMessageContaining("default");
		assertThat(this.client.events).containsExactly(refused(JobEvent.RefusalReason.PAUSED));
	}

	@Test
	void aStoreThatDoesNotAnswerForEveryJobIsReported() {
		this.client.store.answerNext((group) -> new InsertAnswer.Accepted(List.of()));

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.client.jobs.enqueue("hello"))
			.withMessageContaining("1 jobs")
			.withMessageContaining("0");
	}

	@Test
	void aPayloadOfUnknownTypeIsRefused() {
		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> this.client.jobs.enqueue(42))
			.withMessageContaining("java.lang.Integer");
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void aPayloadThatCannotBeWrittenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.enqueue("greet", new Broken()))
			.withMessageContaining("type greet")
			.withMessageContaining(Broken.class.getTypeName())
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("greet"))
			.satisfies((ex) -> assertThat(ex.toString() + ex.getCause()).doesNotContain("s3cret"));
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void aPayloadMayBeAsLargeAsTheLimitAndNoLarger() {
		this.client.jobs.enqueue("greet", new byte[256 * 1024]);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.jobs.enqueue("greet", new byte[256 * 1024 + 1]))
			.withMessageContaining("type greet")
			.withMessageContaining("262145 bytes")
			.withMessageContaining("262144")
			.withMessageContaining("q.max-payload");
		assertThat(this.client.store.groups()).hasSize(1);
	}

	@Test
	void headersThatAreTooLongAreRefused() {
		JobRequest request = JobRequest.of("hello").with((options) -> options.header("h", "x".repeat(8 * 1024)));

		assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.enqueue(request))
			.withMessageContaining("8192");
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void aJobIsLookedUpWhereItIs() {
		JobReceipt receipt = new JobReceipt(HOLDER, new QueueName("mail"), JobReceipt.Status.STORED);

		assertThat(this.client.jobs.find(HOLDER)).isEmpty();
		assertThat(this.client.jobs.find(receipt)).isEmpty();
		assertThat(this.client.jobs.findAll("sms", List.of(HOLDER))).isEmpty();

		assertThat(this.client.store.lookups()).containsExactly("all queues: [" + HOLDER + "]",
				"mail: [" + HOLDER + "]", "sms: [" + HOLDER + "]");
	}

	@Test
	void lookingForNothingAsksNobodyButChecksTheName() {
		assertThat(this.client.jobs.findAll("mail", List.of())).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.findAll("no name", List.of()));

		assertThat(this.client.store.lookups()).isEmpty();
	}

	@Test
	void aDelayThatNoStoreCanHoldIsRefusedBeforehand() {
		List<JobOptions> beyond = List.of(JobOptions.NONE.in(Duration.ofSeconds(Long.MAX_VALUE)),
				JobOptions.NONE.in(Duration.ofDays(365 * 7990)), JobOptions.NONE.at(Instant.MAX),
				JobOptions.NONE.deadline(Instant.MAX), JobOptions.NONE.timeToLive(Duration.ofSeconds(Long.MAX_VALUE)));

		for (JobOptions options : beyond) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.with(options).enqueue("hello"))
				.withMessageContaining("the latest is 9999-12-31");
		}
		assertThat(this.client.store.inserts()).isEmpty();
	}

	private JobEvent refused(JobEvent.RefusalReason reason) {
		NewJob job = this.client.store.job();
		return new JobEvent.Refused(job.id(), job.spec(), reason);
	}

	private static InsertAnswer accepted(JobId id, boolean stored) {
		return new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(id, stored)));
	}

	static class Broken {

		@JsonProperty
		String text() {
			throw new IllegalStateException("s3cret");
		}

	}

}
