package dev.q.test.contract;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.StoreListener;

/**
 * A listener as it must not be.
 */
final class ThrowingListener implements StoreListener {

	@Override
	public boolean jobsReady(QueueName queue) {
		throw new IllegalStateException("thrown on purpose");
	}

	@Override
	public void leaseRevoked(JobId job) {
		throw new IllegalStateException("thrown on purpose");
	}

}
