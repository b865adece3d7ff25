package dev.q.client.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.QueueStats;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Counts looks, fails them if it is to, and notes what is said to it.
 */
final class CountingCatalog implements JobCatalog {

	private final JobCatalog catalog;

	int looks;

	@Nullable Throwable failure;

	Runnable meanwhile = () -> {
	};

	final List<Collection<JobId>> expected = new ArrayList<>();

	int listeners;

	boolean isAway;

	CountingCatalog(JobCatalog catalog) {
		this.catalog = catalog;
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		this.looks++;
		return this.catalog.find(ids);
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		this.looks++;
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure instanceof RuntimeException exception) {
			throw exception;
		}
		List<JobDetails> found = this.catalog.find(queue, ids);
		this.meanwhile.run();
		this.meanwhile = () -> {
		};
		return found;
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		return this.catalog.attempts(queue, id);
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		return this.catalog.search(query, limit, cursor);
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		return this.catalog.peek(queue, limit, end);
	}

	@Override
	public void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
		this.expected.add(ids);
	}

	@Override
	public Subscription hearEnds(StoreListener.Ends listener) {
		if (this.isAway) {
			throw new StoreException("drill");
		}
		this.listeners++;
		return () -> this.listeners--;
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		return this.catalog.standing(queue, id, most);
	}

	@Override
	public List<QueueStats> queues() {
		return this.catalog.queues();
	}

}
