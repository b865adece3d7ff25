package dev.q.cli.act;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobId;

/**
 * Many jobs as several calls of the store.
 */
final class Pieces {

	/** As many as the administration changes at once. */
	static final int MOST_TO_CHANGE = 500;

	/** Fewer, since all that is known of them comes, their payloads too. */
	private static final int MOST_TO_SEE = 100;

	private Pieces() {
	}

	static List<List<JobId>> toChange(List<JobId> ids) {
		return of(ids, MOST_TO_CHANGE);
	}

	static List<List<JobId>> toSee(List<JobId> ids) {
		return of(ids, MOST_TO_SEE);
	}

	private static List<List<JobId>> of(List<JobId> ids, int most) {
		List<List<JobId>> pieces = new ArrayList<>();
		for (int from = 0; from < ids.size(); from += most) {
			pieces.add(ids.subList(from, Math.min(from + most, ids.size())));
		}
		return pieces;
	}

}
