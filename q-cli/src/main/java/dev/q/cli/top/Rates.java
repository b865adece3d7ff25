package dev.q.cli.top;

import java.util.Map;

import dev.q.admin.view.JsonMap;
import dev.q.job.JobState;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * What counts tell of the time between two views of a queue. How many jobs there are that
 * have not ended is known exactly, and so is its growth. Jobs that have ended are deleted
 * sooner or later, and nobody counts those, so more may have ended than are seen: what
 * came in and what went out are known at least.
 *
 * @param growth by how many a second the jobs have become more that have not ended: those
 * that came in or were brought back, less those that ended or were deleted
 * @param inAtLeast how many a second came in or were brought back, at least
 * @param outAtLeast how many a second ended, at least
 */
record Rates(double growth, double inAtLeast, double outAtLeast) {

	private static final double SECOND = 1e9;

	/**
	 * Compares two views of a queue.
	 * @param before the earlier one, or null if it was not listed, since it was empty
	 * @param after the later one
	 * @param nanos how much later
	 */
	static Rates between(@Nullable QueueStats before, QueueStats after, long nanos) {
		double seconds = Math.max(1, nanos) / SECOND;
		long growth = living(after) - living(before);
		long out = Math.max(0, ended(after) - ended(before));
		long in = Math.max(0, growth + out);
		return new Rates(growth / seconds, in / seconds, out / seconds);
	}

	private static long living(@Nullable QueueStats queue) {
		return count(queue, false);
	}

	private static long ended(@Nullable QueueStats queue) {
		return count(queue, true);
	}

	private static long count(@Nullable QueueStats queue, boolean terminal) {
		return (queue != null) ? queue.counts()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isTerminal() == terminal)
			.mapToLong(Map.Entry<JobState, Long>::getValue)
			.sum() : 0;
	}

	Map<String, Object> json() {
		return new JsonMap().with("growth", rounded(this.growth))
			.with("inAtLeast", rounded(this.inAtLeast))
			.with("outAtLeast", rounded(this.outAtLeast))
			.map();
	}

	private static double rounded(double value) {
		return Math.round(value * 100) / 100.0;
	}

}
