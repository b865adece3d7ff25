package dev.q.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.q.DuplicateJobException;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.PauseMode;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The client over a real store.
 */
class EnqueueIntoMemoryTests {

	private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

	private final MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);

	private final JobTemplate jobs = new JobTemplates(this.store, HandlerRegistry.of(List.of()),
			JacksonPayloadCodec.standard(), ClientSettings.DEFAULT, Client.ids(), JobEvents.NONE)
		.template();

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void aJobIsFoundAsItWasEnqueued() {
		JobReceipt receipt = this.jobs.enqueue("mail", "hello");

		assertThat(this.jobs.find(receipt).map(JobDetails::state)).contains(JobState.READY);
		assertThat(this.jobs.find(receipt.id())).isEqualTo(this.jobs.find(receipt));
		assertThat(this.jobs.findAll("default", List.of(new JobId(new UUID(0, 0)), receipt.id())))
			.extracting(JobDetails::id)
			.containsExactly(receipt.id());
	}

	@Test
	void aRepeatedRequestIsADuplicate() {
		JobRequest request = JobRequest.of("mail", "hello").withId(new JobId(new UUID(1, 1)));

		assertThat(this.jobs.enqueue(request).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.jobs.enqueue(request).status()).isEqualTo(JobReceipt.Status.DUPLICATE);
	}

	@Test
	void aTakenKeyIsAnsweredOrThrown() {
		JobReceipt first = this.jobs.with(JobOptions.NONE.unique(UniqueKey.of("k"))).enqueue("mail", null);
		JobTemplate strict = this.jobs
			.with(JobOptions.NONE.unique(new UniqueKey("k", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)));

		assertThat(this.jobs.with(JobOptions.NONE.unique(UniqueKey.of("k"))).enqueue("mail", null))
			.isEqualTo(new JobReceipt(first.id(), QueueName.DEFAULT, JobReceipt.Status.DUPLICATE));
		assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> strict.enqueue("mail", null))
			.satisfies((ex) -> assertThat(ex.holder()).isEqualTo(first.id()));
	}

	@Test
	void aChunkThatDoesNotFitIsRefusedAsAWhole() {
		JobTemplate bounded = this.jobs.with(JobOptions.NONE.maxLength(1500));
		List<JobRequest> requests = IntStream.range(0, 2200).mapToObj((i) -> JobRequest.of("mail", i)).toList();

		assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> bounded.enqueueAll(requests))
			.satisfies((ex) -> assertThat(ex.stored()).hasSize(1200))
			.satisfies((ex) -> assertThat(ex.refused()).hasSize(1000));
	}

	@Test
	void aPausedQueueRefuses() {
		this.store.control().pause(new QueueName("a"), PauseMode.IN);

		assertThatExceptionOfType(QueuePausedException.class)
			.isThrownBy(() -> this.jobs.enqueueAll(List.of(to("a"), to("b"))))
			.satisfies((ex) -> assertThat(ex.stored()).singleElement()
				.satisfies((receipt) -> assertThat(this.jobs.find(receipt)).isPresent()));
	}

	private static JobRequest to(String queue) {
		return JobRequest.of("mail", null).with((options) -> options.queue(queue));
	}

}
