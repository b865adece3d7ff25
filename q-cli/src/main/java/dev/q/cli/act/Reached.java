package dev.q.cli.act;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.q.admin.JobAdmin;
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

	static Reached by(Deed deed, JobAdmin admin, List<JobId> ids, BooleanSupplier enough) {
		Set<JobId> changed = new LinkedHashSet<>();
		int reached = 0;
		for (List<JobId> piece : Pieces.toChange(ids)) {
			if (enough.getAsBoolean()) {
				return of(changed, ids, reached, null);
			}
			try {
				changed.addAll(deed.to(piece, admin));
			}
			catch (StoreException ex) {
				return of(changed, ids, reached, ex);
			}
			reached += piece.size();
		}
		return of(changed, ids, reached, null);
	}

	private static Reached of(Set<JobId> changed, List<JobId> ids, int reached, @Nullable StoreException failure) {
		return new Reached(changed, ids.subList(0, reached), ids.subList(reached, ids.size()), failure);
	}

	/** Those that were reached and are as they were. */
	List<JobId> unchanged() {
		return this.seen.stream().filter((id) -> !this.changed.contains(id)).toList();
	}

}
