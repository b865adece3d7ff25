package dev.q.test.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.JobId;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A producer beyond a line that loses the answer to its enqueue, so that it does not know
 * whether its job is stored.
 */
final class RepeatedEnqueue implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Line line;

	private final Jobs jobs;

	private final JobTemplates templates;

	private final JobRequest request;

	RepeatedEnqueue(Line line, JobStore beyond, Jobs jobs) {
		this.line = line;
		this.jobs = jobs;
		JobIds ids = new JobIds(new SystemClock(), new SharedRandom());
		this.templates = new JobTemplates(beyond, HandlerRegistry.of(List.of()), JacksonPayloadCodec.standard(),
				ClientSettings.DEFAULT, ids, JobEvents.NONE);
		this.request = JobRequest.of("note", "once")
			.withId(ids.next())
			.with((options) -> options.queue(Stores.QUEUE.value()));
	}

	/**
	 * Makes the server know the script, so that the next answer is that to an enqueue.
	 */
	RepeatedEnqueue warm() {
		template().enqueue(JobRequest.of("note", "before"));
		return this;
	}

	private JobTemplate template() {
		return this.templates.template().with(JobOptions.NONE.queue(Stores.QUEUE.value()));
	}

	/** Enqueues, and learns nothing. */
	void loseTheAnswer() {
		this.line.breakAtNextAnswer();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> template().enqueue(this.request));
		assertStored();
	}

	/** Enqueues without waiting, and learns nothing. */
	void loseTheAnswerToAFuture() {
		this.line.breakAtNextAnswer();
		CompletableFuture<JobReceipt> receipt = template().enqueueAsync(this.request);
		assertThat(receipt).failsWithin(PATIENCE).withThrowableThat().havingCause().isInstanceOf(StoreException.class);
		assertStored();
	}

	private void assertStored() {
		assertThat(this.jobs.find(List.of(id()))).as("the job whose producer knows nothing of it").hasSize(1);
	}

	/** Enqueues again, and learns that the job was there. */
	void repeat() {
		assertThat(repeated(() -> template().enqueue(this.request)))
			.isEqualTo(new JobReceipt(id(), Stores.QUEUE, JobReceipt.Status.DUPLICATE));
	}

	/** Enqueues again without waiting, and learns that the job was there. */
	void repeatByFuture() {
		assertThat(repeated(this::enqueueByFuture))
			.isEqualTo(new JobReceipt(id(), Stores.QUEUE, JobReceipt.Status.DUPLICATE));
	}

	private JobReceipt enqueueByFuture() {
		try {
			return template().enqueueAsync(this.request).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException | InterruptedException ex) {
			throw new StoreException("not yet", ex);
		}
	}

	private JobReceipt repeated(Supplier<JobReceipt> enqueue) {
		List<JobReceipt> receipts = new ArrayList<>();
		Patience.until("the line is back", PATIENCE, () -> {
			try {
				return receipts.add(enqueue.get());
			}
			catch (StoreException ex) {
				// Not yet connected.
				return false;
			}
		});
		return receipts.get(0);
	}

	/** The job is there once, runs once, and is not stored again while it is kept. */
	void runOnce() {
		HandWorker worker = HandWorker.of(this.jobs.store(), "w-2").on(Stores.QUEUE);
		List<ClaimedJob> claimed = worker.claim(10);
		assertThat(claimed).extracting((job) -> job.job().id()).containsOnlyOnce(id());
		assertThat(claimed).allMatch((job) -> worker.succeed(job) == LeaseAnswer.APPLIED);
		repeat();
		assertThat(worker.claim(10)).isEmpty();
		assertThat(this.jobs.find(List.of(id())).get(0).job().counters().deliveries()).isOne();
	}

	private JobId id() {
		JobId id = this.request.id();
		assertThat(id).isNotNull();
		return id;
	}

	@Override
	public void close() {
		this.templates.close();
	}

}
