package dev.q.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues into a store, and finds jobs in it.
 */
final class StoreJobTemplate implements JobTemplate {

	private final JobTemplates.Writers writers;

	private final JobCatalog catalog;

	private final JobFactory factory;

	private final CallerTransaction transaction;

	StoreJobTemplate(JobTemplates.Writers writers, JobCatalog catalog, JobFactory factory,
			CallerTransaction transaction) {
		this.writers = writers;
		this.catalog = catalog;
		this.factory = factory;
		this.transaction = transaction;
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
		Draft draft = this.factory.draft(request, 0);
		Consumer<DeferredJobs> transaction = this.transaction.current().orElse(null);
		Answers answers = new Answers();
		if (transaction != null) {
			insert(transaction, List.of(draft), List.of(request), answers);
		}
		else {
			this.writers.single().insert(draft, answers);
		}
		return answers.receipts().get(0);
	}

	@Override
	public List<JobReceipt> enqueueAll(Collection<JobRequest> requests) {
		List<JobRequest> all = new ArrayList<>(requests.size());
		List<Draft> drafts = new ArrayList<>(requests.size());
		for (JobRequest request : requests) {
			if (request == null) {
				throw new IllegalArgumentException(
						"Request %d of %d is null. Nothing was stored".formatted(drafts.size() + 1, requests.size()));
			}
			all.add(request);
			drafts.add(this.factory.draft(request, drafts.size()));
		}
		Consumer<DeferredJobs> transaction = this.transaction.current().orElse(null);
		Answers answers = new Answers();
		if (transaction != null) {
			insert(transaction, drafts, all, answers);
		}
		else {
			this.writers.all().insert(drafts, answers);
		}
		return answers.receipts();
	}

	private void insert(Consumer<DeferredJobs> transaction, List<Draft> drafts, List<JobRequest> requests,
			Answers answers) {
		this.writers.inTransaction()
			.insert(drafts, transaction, (draft) -> this.factory.again(requests.get(draft.position()), draft.id()),
					answers);
	}

	@Override
	public JobTemplate with(JobOptions options) {
		return new StoreJobTemplate(this.writers, this.catalog, this.factory.with(options), this.transaction);
	}

	@Override
	public Optional<JobDetails> find(JobId id) {
		return this.catalog.find(List.of(id)).stream().findFirst();
	}

	@Override
	public Optional<JobDetails> find(JobReceipt receipt) {
		return this.catalog.find(receipt.queue(), List.of(receipt.id())).stream().findFirst();
	}

	@Override
	public List<JobDetails> findAll(String queue, Collection<JobId> ids) {
		QueueName name = new QueueName(queue);
		return ids.isEmpty() ? List.of() : this.catalog.find(name, List.copyOf(ids));
	}

}
