package dev.q.admin;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done to which jobs, and how much of it in one go. Whoever wants to go
 * slowly asks for little, and goes on from the report after a while.
 *
 * @param action what is done
 * @param filter to which jobs
 * @param limit how many jobs at most, 1 or more
 * @param cursor where the search goes on: what the last report gave, or null for the
 * start
 * @since 0.1
 */
public record BulkRequest(BulkAction action, JobFilter filter, int limit, @Nullable String cursor) {

	/** How many jobs unless somebody says otherwise. */
	public static final int DEFAULT_LIMIT = 10_000;

	/**
	 * Checks that action and filter go together, and adds to the filter the states for
	 * which the action is.
	 * @throws IllegalArgumentException if they do not, or if the limit is less than 1
	 */
	public BulkRequest {
		if (limit < 1) {
			throw new IllegalArgumentException("A limit must be at least 1, but was " + limit);
		}
		filter = action.completed(filter);
	}

	/**
	 * A request from the start, for {@link #DEFAULT_LIMIT} jobs.
	 * @param action what is done
	 * @param filter to which jobs
	 * @return the request
	 * @throws IllegalArgumentException if they do not go together
	 */
	public static BulkRequest of(BulkAction action, JobFilter filter) {
		return new BulkRequest(action, filter, DEFAULT_LIMIT, null);
	}

	/**
	 * The same request for another number of jobs.
	 * @param most how many at most, 1 or more
	 * @return a copy
	 */
	public BulkRequest limitedTo(int most) {
		return new BulkRequest(this.action, this.filter, most, this.cursor);
	}

	BulkRequest remaining(BulkReport done) {
		return new BulkRequest(this.action, this.filter, (int) (this.limit - done.matched()), done.next());
	}

	/**
	 * The same request, to go on where another one ended.
	 * @param report of that one
	 * @return a copy
	 * @throws IllegalArgumentException if that one had come to its end
	 */
	public BulkRequest after(BulkReport report) {
		if (report.isComplete()) {
			throw new IllegalArgumentException(
					"There is nothing to go on with: %s had come to its end".formatted(report));
		}
		return new BulkRequest(this.action, this.filter, this.limit, report.next());
	}

}
