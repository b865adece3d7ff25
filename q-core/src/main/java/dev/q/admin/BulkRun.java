package dev.q.admin;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;

/**
 * Goes through the jobs that a request means, piece by piece.
 *
 * @param catalog where they are looked for
 * @param piece how many are looked for in one call of the store
 */
record BulkRun(JobCatalog catalog, int piece) {

	BulkReport go(BulkRequest request, Function<List<JobId>, Set<JobId>> step) {
		BulkReport report = BulkReport.from(request.cursor());
		try {
			do {
				report = step(request, report, step);
			}
			while (!report.isComplete() && report.matched() < request.limit()
					&& !Thread.currentThread().isInterrupted());
		}
		catch (StoreException ex) {
			throw new BulkFailedException(request.remaining(report), report, ex);
		}
		return report;
	}

	private BulkReport step(BulkRequest request, BulkReport report, Function<List<JobId>, Set<JobId>> step) {
		// No more than are still wanted: what was looked at is not looked at again.
		int room = (int) Math.min(this.piece, request.limit() - report.matched());
		JobCatalog.Page<Job> page = this.catalog.search(request.filter().query(), room, report.next());
		List<JobId> meant = page.items().stream().filter(request.filter()::means).map(Job::id).toList();
		int changed = meant.isEmpty() ? 0 : step.apply(meant).size();
		return report.and(page.items().size(), meant.size(), changed, page.next());
	}

}
