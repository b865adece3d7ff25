package dev.q.admin;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.q.job.JobId;

/**
 * Changes jobs piece by piece, and tells any thread how many it has changed.
 */
final class CountedStep implements Function<List<JobId>, Set<JobId>> {

	private final Function<List<JobId>, Set<JobId>> step;

	private final AtomicLong changed = new AtomicLong();

	CountedStep(Function<List<JobId>, Set<JobId>> step) {
		this.step = step;
	}

	@Override
	public Set<JobId> apply(List<JobId> ids) {
		Set<JobId> done = this.step.apply(ids);
		this.changed.addAndGet(done.size());
		return done;
	}

	long changed() {
		return this.changed.get();
	}

}
