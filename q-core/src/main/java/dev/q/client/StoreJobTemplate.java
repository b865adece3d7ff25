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
import dev.q.client.DeferredJobs.Waiting;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues into a store, and finds jobs in it.
 */
final class StoreJobTemplate implements JobTemplate {

	private final JobWriter writer;

	/** For what is enqueued alone, and not in a transaction. */
	private final SingleInsert single;

	private final JobCatalog catalog;

	private final JobFactory factory;

	private final CallerTransaction transaction;

	StoreJobTemplate(JobWriter writer, SingleInsert single, JobCatalog catalog, JobFactory factory,
			CallerTransaction transaction) {
		this.writer = writer;
		this.single = single;
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
			this.writer.insert(defer(transaction, List.of(draft), List.of(request), answers), answers);
		}
		else {
			this.single.insert(draft, answers);
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
		Answers answers = new Answers();
		this.writer.insert(this.transaction.current()
			.map((transaction) -> defer(transaction, drafts, all, answers))
			.orElse(drafts), answers);
		return answers.receipts();
	}

	/**
	 * Hands the jobs that wait for a commit to the transaction, and leaves the others.
	 */
	private List<Draft> defer(Consumer<DeferredJobs> transaction, List<Draft> drafts, List<JobRequest> requests,
			Answers answers) {
		if (drafts.stream().noneMatch(Draft::waitsForCommit)) {
			return drafts;
		}
		List<Draft> waiting = drafts.stream().filter(Draft::waitsForCommit).toList();
		transaction.accept(new DeferredJobs(this.writer,
				waiting.stream()
					.map((draft) -> new Waiting(draft, this.factory.again(requests.get(draft.position()), draft.id())))
					.toList()));
		waiting.forEach(answers::defer);
		return drafts.stream().filter((draft) -> !draft.waitsForCommit()).toList();
	}

	@Override
	public JobTemplate with(JobOptions options) {
		return new StoreJobTemplate(this.writer, this.single, this.catalog, this.factory.with(options),
				this.transaction);
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
