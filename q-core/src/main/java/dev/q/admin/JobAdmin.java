package dev.q.admin;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.q.admin.explain.Explainer;
import dev.q.admin.explain.Explanation;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobControl.Edit;
import dev.q.store.JobControl.EditAnswer;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.StoreException;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Steers jobs and queues, from any node. Each method looks at a job and changes it in one
 * step, and names the jobs that it changed: one in another state, or unknown, is left as
 * it is. Jobs that come by the thousand are changed in pieces. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class JobAdmin {

	/** Most bytes of a payload unless somebody says otherwise. */
	public static final int MAX_PAYLOAD = 256 * 1024;

	/** Most jobs that are looked for, or changed, in one call of the store. */
	private static final int PIECE = 500;

	private final JobCatalog catalog;

	private final JobControl control;

	private final ClusterStore cluster;

	private final Explainer explainer;

	private final int maxPayload;

	/**
	 * Steers what is in a store.
	 * @param store where the jobs are
	 */
	public JobAdmin(JobStore store) {
		this(store, MAX_PAYLOAD);
	}

	/**
	 * Steers what is in a store.
	 * @param store where the jobs are
	 * @param maxPayload most bytes that an edited payload may have, 1 or more
	 */
	public JobAdmin(JobStore store, int maxPayload) {
		this.catalog = store.catalog();
		this.control = store.control();
		this.cluster = store.cluster();
		this.explainer = new Explainer(store);
		this.maxPayload = maxPayload;
	}

	/**
	 * Explains why a job does not run yet, that it runs, or how it ended.
	 * @param id which job
	 * @return the reasons in order, each with what shows it. That the job is unknown, or
	 * that the store does not answer, is a reason too
	 */
	public Explanation explain(JobId id) {
		return this.explainer.explain(id);
	}

	/**
	 * The figures of all queues.
	 * @return by name of the queue
	 */
	public List<QueueStats> queues() {
		return this.catalog.queues();
	}

	/**
	 * What became of the attempts of a job, also before it was brought back by hand.
	 * @param queue where the job is
	 * @param id which job
	 * @return the last attempts, {@value AttemptHistory#MOST} at most, the oldest first;
	 * none if the job is not known, or was never claimed
	 */
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		return this.catalog.attempts(queue, id);
	}

	/**
	 * The figures of some queues, page by page.
	 * @param prefix how their names begin; empty for all
	 * @param limit size of a page, 1 or more
	 * @param cursor what the page before gave as its next one, or null for the first one
	 * @return a page, by name of the queue
	 */
	public JobCatalog.Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		return this.catalog.queues(prefix, limit, cursor);
	}

	/**
	 * Who works a queue, with what they run at the moment; they may work other queues
	 * too.
	 * @param queue which queue
	 * @return the workers that are in the register
	 */
	public List<WorkerInfo> workers(QueueName queue) {
		return this.cluster.workers().stream().filter((worker) -> worker.queues().contains(queue)).toList();
	}

	/**
	 * Makes a queue stop taking jobs in, handing them out, or both.
	 * @param queue which queue
	 * @param mode what it is not to do
	 */
	public void pause(QueueName queue, PauseMode mode) {
		this.control.pause(queue, mode);
	}

	/**
	 * Makes a queue do everything again.
	 * @param queue which queue
	 */
	public void resume(QueueName queue) {
		this.control.resume(queue);
	}

	/**
	 * Makes jobs ready now that are scheduled, wait for a retry or are on hold, at the
	 * end of their priority.
	 * @param ids which jobs
	 * @return the jobs that were changed
	 */
	public Set<JobId> runNow(Collection<JobId> ids) {
		return reschedule(ids, Due.NOW);
	}

	/**
	 * Puts waiting jobs on hold: nothing makes them ready but a release or a new time.
	 * They keep their unique keys, and still expire.
	 * @param ids which jobs
	 * @return the jobs that are on hold now
	 */
	public Set<JobId> hold(Collection<JobId> ids) {
		return inPieces(ids, this.control::hold);
	}

	/**
	 * Makes jobs ready that are on hold, at the end of their priority.
	 * @param ids which jobs
	 * @return the jobs that are ready now
	 */
	public Set<JobId> release(Collection<JobId> ids) {
		return inPieces(ids, this.control::release);
	}

	/**
	 * Gives waiting jobs another time.
	 * @param ids which jobs
	 * @param due when they are to become ready
	 * @return the jobs that were changed
	 * @throws IllegalArgumentException if that is beyond what can be stored
	 */
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		due.from(Due.LATEST_CLOCK);
		return inPieces(ids, (piece) -> this.control.reschedule(piece, due));
	}

	/**
	 * Ends jobs that have not ended. A running one loses its lease in the same step, its
	 * node is told, and its handler is interrupted; what that still does has no effect on
	 * the job.
	 * @param ids which jobs
	 * @param reason why, for people; what exceeds 4 KiB characters is cut
	 * @return the jobs that are cancelled now
	 */
	public Set<JobId> cancel(Collection<JobId> ids, String reason) {
		String storable = JobError.reason(reason);
		return inPieces(ids, (piece) -> this.control.cancel(piece, storable));
	}

	/**
	 * Brings back jobs that are dead, cancelled or expired, with all their attempts. One
	 * that may start once starts once more.
	 * @param ids which jobs
	 * @return the jobs that are ready now
	 */
	public Set<JobId> retry(Collection<JobId> ids) {
		return inPieces(ids, this.control::retry);
	}

	/**
	 * Deletes jobs, in whatever state.
	 * @param ids which jobs
	 * @return the jobs that are gone now
	 */
	public Set<JobId> delete(Collection<JobId> ids) {
		return inPieces(ids, this.control::delete);
	}

	/**
	 * Changes a job that does not run, where it stands.
	 * @param edit the job as it was seen, and what it is to be
	 * @throws JobNotEditedException if it is not as it was seen any more
	 * @throws IllegalArgumentException if its state forbids it, or if the payload is too
	 * large
	 */
	public void edit(JobEdit edit) {
		edit(edit, Edit.Then.STAY);
	}

	/**
	 * Changes a job that is dead, cancelled or expired, and brings it back, in one step.
	 * @param edit the job as it was seen, and what it is to be
	 * @throws JobNotEditedException if it is not as it was seen any more, or if its
	 * unique key is taken
	 * @throws IllegalArgumentException if its state forbids it, or if the payload is too
	 * large
	 */
	public void editAndRetry(JobEdit edit) {
		edit(edit, Edit.Then.RETRY);
	}

	private void edit(JobEdit edit, Edit.Then then) {
		int size = edit.wanted().payload().size();
		if (size > this.maxPayload) {
			throw new IllegalArgumentException("The payload of job %s would have %d bytes, but at most %d are allowed"
				.formatted(edit.seen().id(), size, this.maxPayload));
		}
		EditAnswer answer = this.control.edit(new Edit(edit.seen(), edit.wanted(), then));
		if (answer != EditAnswer.DONE) {
			throw new JobNotEditedException(edit.seen().id(), answer);
		}
	}

	/**
	 * Counts the jobs that a request means, and changes nothing.
	 * @param request which jobs
	 * @return what would be changed, as far as can be seen from here
	 * @throws BulkFailedException if the store failed
	 */
	public BulkReport dryRun(BulkRequest request) {
		return go(request, (ids) -> Set.of());
	}

	/**
	 * Does what a request says, piece by piece, until all jobs were looked at, the limit
	 * is reached, or the thread is interrupted, which stays so. A job that moves on
	 * between the look and the step is treated as the action treats it in the state that
	 * it has then: a cancel or a delete also meets one that has begun to run meanwhile.
	 * @param request what is done to which jobs
	 * @return what was done, and where to go on
	 * @throws BulkFailedException if the store failed; it says how far this came
	 */
	public BulkReport run(BulkRequest request) {
		return go(request, (ids) -> request.action().on(this.control, ids));
	}

	private BulkReport go(BulkRequest request, Function<List<JobId>, Set<JobId>> step) {
		BulkReport report = BulkReport.from(request.cursor());
		try {
			do {
				report = piece(request, report, step);
			}
			while (!report.isComplete() && report.matched() < request.limit()
					&& !Thread.currentThread().isInterrupted());
		}
		catch (StoreException ex) {
			throw new BulkFailedException(request.remaining(report), report, ex);
		}
		return report;
	}

	private BulkReport piece(BulkRequest request, BulkReport report, Function<List<JobId>, Set<JobId>> step) {
		// No more than are still wanted: what was looked at is not looked at again.
		int room = (int) Math.min(PIECE, request.limit() - report.matched());
		JobCatalog.Page<Job> page = this.catalog.search(request.filter().query(), room, report.next());
		List<JobId> meant = page.items().stream().filter(request.filter()::means).map(Job::id).toList();
		int changed = meant.isEmpty() ? 0 : step.apply(meant).size();
		return report.and(page.items().size(), meant.size(), changed, page.next());
	}

	private static Set<JobId> inPieces(Collection<JobId> ids, Function<List<JobId>, Set<JobId>> step) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		Set<JobId> changed = new LinkedHashSet<>();
		for (int from = 0; from < wanted.size(); from += PIECE) {
			changed.addAll(step.apply(wanted.subList(from, Math.min(from + PIECE, wanted.size()))));
		}
		return changed;
	}

}
