package dev.q.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.TransactionMode;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.result.JobResults;
import dev.q.store.JobCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues into a store, and finds jobs in it.
 */
final class StoreJobTemplate implements JobTemplate {

	private final JobTemplates.Writers writers;

	private final Looks looks;

	private final JobFactory factory;

	private final EnqueueChain chain;

	private final CallerTransaction transaction;

	StoreJobTemplate(JobTemplates.Writers writers, Looks looks, JobFactory factory, EnqueueChain chain,
			CallerTransaction transaction) {
		this.writers = writers;
		this.looks = looks;
		this.factory = factory;
		this.chain = chain;
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
		Draft draft = this.factory.draft(this.chain.passed(request), 0);
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
			drafts.add(this.factory.draft(this.chain.passed(request), drafts.size()));
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
		return new StoreJobTemplate(this.writers, this.looks, this.factory.with(options), this.chain, this.transaction);
	}

	@Override
	public Optional<JobDetails> find(JobId id) {
		return this.looks.catalog().find(List.of(id)).stream().findFirst();
	}

	@Override
	public Optional<JobDetails> find(JobReceipt receipt) {
		return this.looks.catalog().find(receipt.queue(), List.of(receipt.id())).stream().findFirst();
	}

	@Override
	public List<JobDetails> findAll(String queue, Collection<JobId> ids) {
		QueueName name = new QueueName(queue);
		return ids.isEmpty() ? List.of() : this.looks.catalog().find(name, List.copyOf(ids));
	}

	@Override
	public CompletableFuture<JobReceipt> enqueueAsync(JobRequest request) {
		Draft draft = this.factory.draft(this.chain.passed(request), 0);
		Consumer<DeferredJobs> current = this.transaction.current().orElse(null);
		if (current == null || draft.transaction() == TransactionMode.NONE) {
			return this.writers.async().insert(draft);
		}
		this.writers.inTransaction().requireDeferred(draft);
		Answers answers = new Answers();
		insert(current, List.of(draft), List.of(request), answers);
		return CompletableFuture.completedFuture(answers.receipts().get(0));
	}

	@Override
	public JobResults results() {
		return this.looks.results();
	}

	/**
	 * The ways to what is stored.
	 *
	 * @param catalog finds jobs
	 * @param results reads what became of them
	 */
	record Looks(JobCatalog catalog, JobResults results) {
	}

}
