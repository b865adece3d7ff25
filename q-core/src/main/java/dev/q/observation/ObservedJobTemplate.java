package dev.q.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.result.JobResults;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each call that enqueues: one observation for a call, whose trace context goes
 * into the headers of all its jobs. That of an asynchronous call ends when the job is
 * stored; that of a call in a transaction ends with the call.
 *
 * @since 0.1
 */
public final class ObservedJobTemplate implements JobTemplate {

	private static final EnqueueConvention USUAL = new UsualEnqueueConvention();

	private final JobTemplate jobs;

	private final ObservationRegistry registry;

	private final @Nullable EnqueueConvention convention;

	/**
	 * Makes a template.
	 * @param jobs does the work
	 * @param registry who is told
	 * @param convention what is told, or null for the usual
	 */
	public ObservedJobTemplate(JobTemplate jobs, ObservationRegistry registry, @Nullable EnqueueConvention convention) {
		this.jobs = jobs;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public JobReceipt enqueue(Object payload) {
		return enqueue((payload instanceof JobRequest request) ? request : JobRequest.of(payload));
	}

	@Override
	public JobReceipt enqueue(String type, @Nullable Object payload) {
		return enqueue(JobRequest.of(type, payload));
	}

	@Override
	public JobReceipt enqueue(JobRequest request) {
		if (this.registry.isNoop()) {
			return this.jobs.enqueue(request);
		}
		return observed(List.of(request), (carrying) -> List.of(this.jobs.enqueue(carrying.get(0)))).get(0);
	}

	@Override
	public List<JobReceipt> enqueueAll(Collection<JobRequest> requests) {
		if (this.registry.isNoop() || requests.isEmpty() || requests.stream().anyMatch((request) -> request == null)) {
			return this.jobs.enqueueAll(requests);
		}
		return observed(List.copyOf(requests), this.jobs::enqueueAll);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // what is returned tells of its failure
	public CompletableFuture<JobReceipt> enqueueAsync(JobRequest request) {
		if (this.registry.isNoop()) {
			return this.jobs.enqueueAsync(request);
		}
		EnqueueContext context = new EnqueueContext(List.of(request));
		Observation observation = observation(context).start();
		CompletableFuture<JobReceipt> stored;
		try {
			stored = observation.scoped(() -> this.jobs.enqueueAsync(carrying(request, context)));
		}
		catch (RuntimeException | Error ex) {
			// The scope has told of it.
			observation.stop();
			throw ex;
		}
		// Not a dependent one, which would wrap what it fails with.
		CompletableFuture<JobReceipt> observed = new CompletableFuture<>();
		stored.whenComplete((receipt, failure) -> {
			stop(observation, context, receipt, failure);
			if (failure != null) {
				observed.completeExceptionally(failure);
			}
			else {
				observed.complete(receipt);
			}
		});
		return observed;
	}

	private static void stop(Observation observation, EnqueueContext context, @Nullable JobReceipt receipt,
			@Nullable Throwable failure) {
		if (receipt != null) {
			context.setReceipts(List.of(receipt));
		}
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private List<JobReceipt> observed(List<JobRequest> requests, Function<List<JobRequest>, List<JobReceipt>> call) {
		EnqueueContext context = new EnqueueContext(requests);
		return observation(context).observe(() -> {
			List<JobRequest> carrying = new ArrayList<>(requests.size());
			requests.forEach((request) -> carrying.add(carrying(request, context)));
			List<JobReceipt> receipts = call.apply(carrying);
			context.setReceipts(receipts);
			return receipts;
		});
	}

	private Observation observation(EnqueueContext context) {
		return JobObservation.ENQUEUE.observation(this.convention, USUAL, () -> context, this.registry);
	}

	/** With what the tracer has put into the carrier when the observation began. */
	private static JobRequest carrying(JobRequest request, EnqueueContext context) {
		Map<String, String> headers = context.getCarrier();
		if (headers == null || headers.isEmpty()) {
			return request;
		}
		return request.with((options) -> {
			JobOptions all = options;
			for (Map.Entry<String, String> header : headers.entrySet()) {
				all = all.header(header.getKey(), header.getValue());
			}
			return all;
		});
	}

	@Override
	public JobTemplate with(JobOptions options) {
		return new ObservedJobTemplate(this.jobs.with(options), this.registry, this.convention);
	}

	@Override
	public Optional<JobDetails> find(JobId id) {
		return this.jobs.find(id);
	}

	@Override
	public Optional<JobDetails> find(JobReceipt receipt) {
		return this.jobs.find(receipt);
	}

	@Override
	public List<JobDetails> findAll(String queue, Collection<JobId> ids) {
		return this.jobs.findAll(queue, ids);
	}

	@Override
	public JobResults results() {
		return this.jobs.results();
	}

}
