package dev.q.spring;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.result.JobResults;
import org.jspecify.annotations.Nullable;

/**
 * A template that can be injected before the handlers are known, since handlers
 * themselves inject it. The template behind it is made at the first call.
 *
 * @since 0.1
 */
public final class DeferredJobTemplate implements JobTemplate {

	private final Supplier<JobTemplate> templates;

	private volatile @Nullable JobTemplate template;

	/**
	 * Makes a template.
	 * @param templates makes the template behind it; called until it succeeds
	 */
	public DeferredJobTemplate(Supplier<JobTemplate> templates) {
		this.templates = templates;
	}

	@Override
	public JobReceipt enqueue(Object payload) {
		return template().enqueue(payload);
	}

	@Override
	public JobReceipt enqueue(String type, @Nullable Object payload) {
		return template().enqueue(type, payload);
	}

	@Override
	public JobReceipt enqueue(JobRequest request) {
		return template().enqueue(request);
	}

	@Override
	public List<JobReceipt> enqueueAll(Collection<JobRequest> requests) {
		return template().enqueueAll(requests);
	}

	@Override
	public JobTemplate with(JobOptions options) {
		return new DeferredJobTemplate(() -> template().with(options));
	}

	@Override
	public Optional<JobDetails> find(JobId id) {
		return template().find(id);
	}

	@Override
	public Optional<JobDetails> find(JobReceipt receipt) {
		return template().find(receipt);
	}

	@Override
	public List<JobDetails> findAll(String queue, Collection<JobId> ids) {
		return template().findAll(queue, ids);
	}

	@Override
	public CompletableFuture<JobReceipt> enqueueAsync(JobRequest request) {
		return template().enqueueAsync(request);
	}

	@Override
	public JobResults results() {
		return template().results();
	}

	private JobTemplate template() {
		JobTemplate made = this.template;
		if (made == null) {
			made = this.templates.get();
			this.template = made;
		}
		return made;
	}

}
