package dev.q.store.walk;

import java.util.NavigableMap;
import java.util.TreeMap;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * The ids that come next after some place, in order, as far as a look has kept them.
 *
 * @param <Q> where a job is
 */
final class Ahead<Q> {

	private final @Nullable JobId start;

	private final int most;

	private final TreeMap<JobId, Q> ids = new TreeMap<>();

	/** Whether there were more than are kept. */
	private boolean isCut;

	Ahead(@Nullable JobId start, int most) {
		this.start = start;
		this.most = most;
	}

	/**
	 * Takes in an id that was seen, in whatever order, perhaps not for the first time.
	 */
	void see(JobId id, Q where) {
		if (this.start != null && id.compareTo(this.start) <= 0) {
			return;
		}
		if (this.ids.size() == this.most && id.compareTo(this.ids.lastKey()) > 0) {
			this.isCut = true;
			return;
		}
		this.ids.put(id, where);
		if (this.ids.size() > this.most) {
			this.ids.pollLastEntry();
			this.isCut = true;
		}
	}

	/** Whether what comes right after a job can be told from here. */
	boolean knowsWhatFollows(JobId job) {
		boolean isInside = this.start == null || job.compareTo(this.start) >= 0;
		return isInside && (!this.isCut || job.compareTo(this.ids.lastKey()) < 0);
	}

	NavigableMap<JobId, Q> next(@Nullable JobId after, long count) {
		NavigableMap<JobId, Q> rest = (after != null) ? this.ids.tailMap(after, false) : this.ids;
		NavigableMap<JobId, Q> next = new TreeMap<>();
		rest.entrySet().stream().limit(count).forEach((entry) -> next.put(entry.getKey(), entry.getValue()));
		return next;
	}

}
