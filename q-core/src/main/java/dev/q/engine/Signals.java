package dev.q.engine;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the store tells into wake-ups.
 */
final class Signals implements StoreListener {

	private final WorkStore store;

	private final WorkerId worker;

	private final List<Fetcher> fetchers;

	private final LeaseKeeper leases;

	private @Nullable Subscription subscription;

	private boolean closed;

	Signals(WorkStore store, WorkerId worker, List<Fetcher> fetchers, LeaseKeeper leases) {
		this.store = store;
		this.worker = worker;
		this.fetchers = fetchers;
		this.leases = leases;
	}

	/**
	 * Subscribes, unless that has been done. Until then the looks now and then must do.
	 */
	synchronized void connect() {
		if (this.subscription == null && !this.closed) {
			this.subscription = this.store.subscribe(this.worker, this);
		}
	}

	synchronized void close() {
		this.closed = true;
		if (this.subscription != null) {
			this.subscription.close();
		}
	}

	@Override
	public void jobsReady(QueueName queue) {
		for (Fetcher fetcher : this.fetchers) {
			if (fetcher.queues().contains(queue)) {
				fetcher.hint();
			}
		}
	}

	@Override
	public void leaseRevoked(JobId job) {
		this.leases.suspect(job);
	}

}
