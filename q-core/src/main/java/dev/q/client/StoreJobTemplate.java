package dev.q.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues into a store, and finds jobs in it.
 */
final class StoreJobTemplate implements JobTemplate {

	/** Most groups for one call of the store, so that a call stays bounded. */
	static final int MAX_GROUPS = 16;

	private final WorkStore work;

	private final JobCatalog catalog;

	private final JobFactory factory;

	private final JobEvents events;

	StoreJobTemplate(WorkStore work, JobCatalog catalog, JobFactory factory, JobEvents events) {
		this.work = work;
		this.catalog = catalog;
		this.factory = factory;
		this.events = events;
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
		return insert(List.of(this.factory.draft(request, 0))).get(0);
	}

	@Override
	public List<JobReceipt> enqueueAll(Collection<JobRequest> requests) {
		List<@Nullable JobRequest> all = new ArrayList<>(requests);
		List<Draft> drafts = new ArrayList<>(all.size());
		for (JobRequest request : all) {
			if (request == null) {
				throw new IllegalArgumentException(
						"Request %d of %d is null. Nothing was stored".formatted(drafts.size() + 1, all.size()));
			}
			drafts.add(this.factory.draft(request, drafts.size()));
		}
		return insert(drafts);
	}

	private List<JobReceipt> insert(List<Draft> drafts) {
		List<Batch> batches = drafts.isEmpty() ? List.of() : Batch.of(drafts);
		Answers answers = new Answers();
		for (int from = 0; from < batches.size(); from += MAX_GROUPS) {
			insert(batches.subList(from, Math.min(batches.size(), from + MAX_GROUPS)), answers);
		}
		return answers.receipts();
	}

	private void insert(List<Batch> batches, Answers answers) {
		List<InsertGroup> groups = new ArrayList<>(batches.size());
		for (Batch batch : batches) {
			groups.add(batch.group());
		}
		List<InsertAnswer> said = this.work.insert(groups);
		StoreException.requireAnswers("groups", batches.size(), said.size());
		for (int i = 0; i < said.size(); i++) {
			publish(answers.add(batches.get(i), said.get(i)));
		}
	}

	private void publish(List<Draft> stored) {
		if (!this.events.isSilent()) {
			stored.forEach((draft) -> this.events.publish(new JobEvent.Enqueued(draft.id(), draft.job().spec())));
		}
	}

	@Override
	public JobTemplate with(JobOptions options) {
		return new StoreJobTemplate(this.work, this.catalog, this.factory.with(options), this.events);
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
