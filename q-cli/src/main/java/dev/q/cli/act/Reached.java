package dev.q.cli.act;

import java.util.List;
import java.util.Set;

import dev.q.job.JobId;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * How far something came that was done to named jobs, piece by piece.
 *
 * @param changed the jobs that were changed
 * @param seen those that were reached, in their order
 * @param left those that were not; after a failure the first of them may be changed
 * @param failure why it ended before the last, or null if somebody had enough or it did
 * not
 */
record Reached(Set<JobId> changed, List<JobId> seen, List<JobId> left, @Nullable StoreException failure) {

	/** Those that were reached and are as they were. */
	List<JobId> unchanged() {
		return this.seen.stream().filter((id) -> !this.changed.contains(id)).toList();
	}

}
