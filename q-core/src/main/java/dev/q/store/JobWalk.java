package dev.q.store;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.store.JobCatalog.Page;
import org.jspecify.annotations.Nullable;

/**
 * A search of which many pages are turned. What it promises is what
 * {@link JobCatalog#search} does: each page shows its jobs as they are when it is turned,
 * whatever was done to those of the pages before; what comes in after the first page may
 * be missed. Its cursors are those of a search, whatever search gave them. Not for
 * several threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobWalk {

	/**
	 * Turns a page.
	 * @param limit size of the page, 1 or more
	 * @param cursor where the last page ended, or null to begin, also anew
	 * @return a page
	 * @throws IllegalArgumentException if the cursor is none that a store gave
	 */
	Page<Job> page(int limit, @Nullable String cursor);

	/**
	 * Reads a cursor.
	 * @param cursor where a page starts
	 * @return the job after which it starts
	 * @throws IllegalArgumentException if the cursor is none that a store gave
	 */
	static JobId idOf(String cursor) {
		try {
			return JobId.of(cursor);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"A cursor is what the page before gave as its next one, but this one, of %d characters, is not. Start with the first page"
						.formatted(cursor.length()),
					ex);
		}
	}

}
