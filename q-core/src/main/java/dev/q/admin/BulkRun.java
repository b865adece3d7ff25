package dev.q.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the jobs that a request means, piece by piece.
 *
 * @param catalog where they are looked for
 */
record BulkRun(JobCatalog catalog) {

	/** Most jobs that are looked for, or changed, in one call of the store. */
	private static final int MOST_AT_ONCE = 500;

	private static final int MOST_LOOKS = 10;

	BulkReport go(BulkRequest request, Function<List<JobId>, Set<JobId>> step) {
		BulkReport report = BulkReport.from(request.cursor());
		JobWalk walk = this.catalog.walk(request.filter().query());
		try {
			do {
				report = step(request, report, walk, step);
			}
			while (!report.isComplete() && report.matched() < request.limit() && !Thread.currentThread().isInterrupted()
					&& !request.action().isEnough(report));
		}
		catch (StoreException ex) {
			throw new BulkFailedException(request.remaining(report), report, ex);
		}
		return report;
	}

	private BulkReport step(BulkRequest request, BulkReport report, JobWalk walk,
			Function<List<JobId>, Set<JobId>> step) {
		int room = (int) Math.min(MOST_AT_ONCE, request.limit() - report.matched());
		Look look = look(walk, request.filter(), room, report.next());
		List<JobId> meant = look.meant().stream().map(Job::id).toList();
		int changed = meant.isEmpty() ? 0 : step.apply(meant).size();
		return report.and(look.looked(), meant.size(), changed, look.next());
	}

	/**
	 * Looks at one page. What the store cannot tell apart is looked for by the hundred,
	 * or few jobs that are wanted would cost a call for each that is not; then the look
	 * ends after the last job that is wanted.
	 */
	private static Look look(JobWalk walk, JobFilter filter, int room, @Nullable String cursor) {
		int size = filter.isOfStore() ? room : Math.max(room, MOST_AT_ONCE);
		JobCatalog.Page<Job> page = walk.page(size, cursor);
		List<Job> meant = new ArrayList<>();
		int looked = 0;
		for (Job job : page.items()) {
			if (meant.size() == room) {
				return new Look(meant, looked, page.items().get(looked - 1).id().toString());
			}
			looked++;
			if (filter.means(job)) {
				meant.add(job);
			}
		}
		return new Look(meant, looked, page.next());
	}

	/** A page of the jobs that a filter means, after some looks at most. */
	JobCatalog.Page<Job> search(JobFilter filter, int limit, @Nullable String cursor) {
		JobStore.requireLimit(limit);
		JobWalk walk = this.catalog.walk(filter.query());
		List<Job> meant = new ArrayList<>();
		String next = cursor;
		int looks = 0;
		do {
			Look look = look(walk, filter, limit - meant.size(), next);
			meant.addAll(look.meant());
			next = look.next();
			looks++;
		}
		while (next != null && meant.size() < limit && looks < MOST_LOOKS);
		return new JobCatalog.Page<>(meant, next);
	}

	Set<JobId> inPieces(Collection<JobId> ids, Function<List<JobId>, Set<JobId>> step) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		Set<JobId> changed = new LinkedHashSet<>();
		for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
			changed.addAll(step.apply(wanted.subList(from, Math.min(from + MOST_AT_ONCE, wanted.size()))));
		}
		return changed;
	}

	/**
	 * What a look at one page found.
	 *
	 * @param meant the jobs that the filter means
	 * @param looked how many were looked at for that
	 * @param next where to go on, right after the last of those; null at the end
	 */
	private record Look(List<Job> meant, int looked, @Nullable String next) {
	}

}
