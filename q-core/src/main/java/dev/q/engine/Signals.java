package dev.q.engine;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.StoreListener;

/**
 * Turns what the store tells into wake-ups.
 */
final class Signals implements StoreListener {

	private final List<Fetcher> fetchers;

	private final LeaseKeeper leases;

	Signals(List<Fetcher> fetchers, LeaseKeeper leases) {
		this.fetchers = fetchers;
		this.leases = leases;
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
