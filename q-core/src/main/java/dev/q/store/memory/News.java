package dev.q.store.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;

/**
 * What one call has to tell the listeners: gathered while queues are locked, told when
 * none is. Each queue is named once.
 */
final class News {

	private final Signals signals;

	/** Mostly none or one, so that most calls need no set. */
	private Collection<QueueName> queues = List.of();

	private List<JobId> revoked = List.of();

	News(Signals signals) {
		this.signals = signals;
	}

	/** A job has been put into this queue: some worker may wait for that. */
	void waits(MemoryJob job, MemoryQueue queue) {
		if (job.state() == JobState.READY || queue.isFirstDue(job)) {
			ready(queue);
		}
	}

	void ready(MemoryQueue queue) {
		if (this.queues.isEmpty()) {
			this.queues = List.of(queue.name());
		}
		else if (!this.queues.contains(queue.name())) {
			this.queues = (this.queues.size() > 1) ? this.queues : new LinkedHashSet<>(this.queues);
			this.queues.add(queue.name());
		}
	}

	/** Something has been done to this queue: a job may have followed another one. */
	void changed(MemoryQueue queue) {
		if (queue.holds().pollPassed()) {
			ready(queue);
		}
	}

	void revoked(JobId job) {
		this.revoked = this.revoked.isEmpty() ? new ArrayList<>() : this.revoked;
		this.revoked.add(job);
	}

	void tell() {
		for (JobId job : this.revoked) {
			this.signals.tell((listener) -> listener.leaseRevoked(job));
		}
		for (QueueName queue : this.queues) {
			this.signals.tell((listener) -> listener.jobsReady(queue));
		}
	}

}
