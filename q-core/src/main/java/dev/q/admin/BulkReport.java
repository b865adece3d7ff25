package dev.q.admin;

import org.jspecify.annotations.Nullable;

/**
 * What was done to many jobs.
 *
 * @param looked how many jobs the store found
 * @param matched how many of them were meant
 * @param changed how many of those were changed; the others had moved on, or could not be
 * changed, such as a job to be retried whose unique key is taken. Zero after a dry run
 * @param next where to go on, or null if all were looked at
 * @since 0.1
 */
public record BulkReport(long looked, long matched, long changed, @Nullable String next) {

	static BulkReport from(@Nullable String cursor) {
		return new BulkReport(0, 0, 0, cursor);
	}

	/**
	 * Whether all jobs were looked at.
	 * @return false if there may be more
	 */
	public boolean isComplete() {
		return this.next == null;
	}

	BulkReport and(int found, int meant, int done, @Nullable String cursor) {
		return new BulkReport(this.looked + found, this.matched + meant, this.changed + done, cursor);
	}

}
