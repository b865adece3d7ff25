package dev.q.admin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.q.admin.audit.Act;
import dev.q.admin.audit.AuditTrail;
import dev.q.admin.explain.Explainer;
import dev.q.admin.explain.Explanation;
import dev.q.cancel.Canceller;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl.Edit;
import dev.q.store.JobStore;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Steers jobs and queues, from any node. Each method looks at a job and changes it in one
 * step, and names the jobs that it changed: one in another state, or unknown, is left as
 * it is. Jobs that come by the thousand are changed in pieces. The audit is told of each
 * act. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class JobAdmin {

	private final JobStore store;

	private final Hands hands;

	private final AuditTrail audit;

	private final BulkRun bulk;

	private final Edits edits;

	/**
	 * Steers what is in a store, and tells the log.
	 * @param store where the jobs are
	 */
	public JobAdmin(JobStore store) {
		this(store, Edits.MAX_PAYLOAD, AuditTrail.logged(), JobEvents.NONE);
	}

	/**
	 * Steers what is in a store.
	 * @param store where the jobs are
	 * @param maxPayload most bytes that an edited payload may have, 1 or more
	 * @param audit told of each act
	 * @param events told of each job that is cancelled, as far as somebody listens
	 */
	public JobAdmin(JobStore store, int maxPayload, AuditTrail audit, JobEvents events) {
		this.store = store;
		this.hands = new Hands(store.control(), new Canceller(store, events));
		this.bulk = new BulkRun(store.catalog());
		this.edits = new Edits(this.hands.control(), maxPayload);
		this.audit = audit;
	}

	/**
	 * The same for acts of somebody: the audit and paused queues name who it was.
	 * @param who a name, for people
	 * @return a copy
	 */
	public JobAdmin as(String who) {
		return new JobAdmin(this.store, this.edits.maxPayload(), this.audit.by(who), this.hands.canceller().events());
	}

	/**
	 * Explains why a job does not run yet, that it runs, or how it ended.
	 * @param id which job
	 * @return the reasons in order, with what shows them; a store that is away is one too
	 */
	public Explanation explain(JobId id) {
		return new Explainer(this.store).explain(id);
	}

	/**
	 * The figures of all queues.
	 * @return by name of the queue
	 */
	public List<QueueStats> queues() {
		return this.store.catalog().queues();
	}

	/**
	 * What became of the attempts of a job, also before it was brought back by hand.
	 * @param queue where the job is
	 * @param id which job
	 * @return the last {@value AttemptHistory#MOST} at most, the oldest first
	 */
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		return this.store.catalog().attempts(queue, id);
	}

	/**
	 * The figures of some queues, page by page.
	 * @param prefix how their names begin; empty for all
	 * @param limit size of a page, 1 or more
	 * @param cursor what the page before gave as its next one, or null for the first one
	 * @return a page, by name of the queue
	 */
	public JobCatalog.Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		return this.store.catalog().queues(prefix, limit, cursor);
	}

	/**
	 * Who works a queue, and perhaps others too.
	 * @param queue which queue
	 * @return the workers that are registered
	 */
	public List<WorkerInfo> workers(QueueName queue) {
		return workers().stream().filter((worker) -> worker.queues().contains(queue)).toList();
	}

	/**
	 * The workers that are registered.
	 * @return in no particular order
	 */
	public List<WorkerInfo> workers() {
		return this.store.cluster().workers();
	}

	/**
	 * Finds a job.
	 * @param id which job
	 * @return all that is known of it, or empty if there is none
	 */
	public Optional<JobDetails> find(JobId id) {
		return this.store.catalog().find(List.of(id)).stream().findFirst();
	}

	/**
	 * Looks through jobs in the order of their ids, page by page.
	 * @param filter which jobs
	 * @param limit size of a page, 1 or more
	 * @param cursor where the last page ended, or null for the first one
	 * @return a page. By age it may have fewer jobs, or none, though it is not the last
	 * @throws IllegalArgumentException if the cursor is none that a page gave
	 */
	public JobCatalog.Page<Job> search(JobFilter filter, int limit, @Nullable String cursor) {
		return this.bulk.search(filter, limit, cursor);
	}

	/**
	 * Makes a queue stop taking jobs in, handing them out, or both.
	 * @param queue which queue
	 * @param mode what it is not to do
	 */
	public void pause(QueueName queue, PauseMode mode) {
		this.audit.record(Act.of("pause", Targets.of(queue, mode)),
				() -> this.hands.control().pause(queue, Pause.of(mode).by(this.audit.actor())));
	}

	/**
	 * Makes a queue do everything again.
	 * @param queue which queue
	 */
	public void resume(QueueName queue) {
		this.audit.record(Act.of("resume", Targets.of(queue)), () -> this.hands.control().resume(queue));
	}

	/**
	 * Makes waiting jobs ready now, those on hold too, at the end of their priority.
	 * @param ids which jobs
	 * @return the jobs that were changed
	 */
	public Set<JobId> runNow(Collection<JobId> ids) {
		return inPieces(Act.of("runNow", Targets.of(ids)), ids,
				(piece) -> this.hands.control().reschedule(piece, Due.NOW));
	}

	/**
	 * Puts waiting jobs on hold, with their unique keys. They still expire.
	 * @param ids which jobs
	 * @return the jobs that are on hold now
	 */
	public Set<JobId> hold(Collection<JobId> ids) {
		return inPieces(Act.of("hold", Targets.of(ids)), ids, this.hands.control()::hold);
	}

	/**
	 * Makes jobs ready that are on hold, at the end of their priority.
	 * @param ids which jobs
	 * @return the jobs that are ready now
	 */
	public Set<JobId> release(Collection<JobId> ids) {
		return inPieces(Act.of("release", Targets.of(ids)), ids, this.hands.control()::release);
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
		return inPieces(Act.of("reschedule", Targets.of(ids, "due", due)), ids,
				(piece) -> this.hands.control().reschedule(piece, due));
	}

	/**
	 * Ends jobs that have not ended. A running one loses its lease in the same step, and
	 * its handler is interrupted; what that still does has no effect on the job.
	 * @param ids which jobs
	 * @param reason why, for people; what exceeds 4 KiB characters is cut
	 * @return the jobs that are cancelled now
	 */
	public Set<JobId> cancel(Collection<JobId> ids, String reason) {
		String storable = JobError.reason(reason);
		return inPieces(Act.of("cancel", Targets.of(ids, "reason", storable)), ids,
				(piece) -> this.hands.canceller().cancel(piece, Set.of(), storable));
	}

	/**
	 * Brings back jobs that are dead, cancelled or expired, with all their attempts.
	 * @param ids which jobs
	 * @return the jobs that are ready now
	 */
	public Set<JobId> retry(Collection<JobId> ids) {
		return inPieces(Act.of("retry", Targets.of(ids)), ids, this.hands.control()::retry);
	}

	/**
	 * Deletes jobs, in whatever state.
	 * @param ids which jobs
	 * @return the jobs that are gone now
	 */
	public Set<JobId> delete(Collection<JobId> ids) {
		return inPieces(Act.of("delete", Targets.of(ids)), ids, this.hands.control()::delete);
	}

	/**
	 * Changes a job that does not run, where it stands.
	 * @param edit the job as it was seen, and what it is to be
	 * @throws JobNotEditedException if it is not as it was seen any more
	 * @throws IllegalArgumentException by its state, or if its payload is too large
	 */
	public void edit(JobEdit edit) {
		this.audit.record(Act.of("edit", Targets.of(edit)), () -> this.edits.make(edit, Edit.Then.STAY));
	}

	/**
	 * Changes a job that is dead, cancelled or expired, and brings it back, in one step.
	 * @param edit the job as it was seen, and what it is to be
	 * @throws JobNotEditedException if it is not as it was seen, or its key is taken
	 * @throws IllegalArgumentException by its state, or if its payload is too large
	 */
	public void editAndRetry(JobEdit edit) {
		this.audit.record(Act.of("editAndRetry", Targets.of(edit)), () -> this.edits.make(edit, Edit.Then.RETRY));
	}

	/**
	 * Counts the jobs that a request means, and changes nothing.
	 * @param request which jobs
	 * @return what would be changed, as far as can be seen from here
	 * @throws BulkFailedException if the store failed
	 */
	public BulkReport dryRun(BulkRequest request) {
		return this.audit.record(new Act(request.action().toString(), Targets.of(request), true),
				() -> this.bulk.go(request, (ids) -> Set.of()), BulkReport::matched);
	}

	/**
	 * Does what a request says, piece by piece, until all were looked at, the limit is
	 * reached, it is {@linkplain BulkAction#until enough}, or the thread is interrupted,
	 * which stays so. A job that comes into a state that is meant may be met, or missed.
	 * @param request what is done to which jobs
	 * @return what was done, and where to go on
	 * @throws BulkFailedException if the store failed; it says how far this came
	 */
	public BulkReport run(BulkRequest request) {
		CountedStep step = new CountedStep((ids) -> request.action().on(this.hands, ids, request.filter().states()));
		return this.audit.record(Act.of(request.action().toString(), Targets.of(request)),
				() -> this.bulk.go(request, step), BulkReport::changed, step::changed);
	}

	private Set<JobId> inPieces(Act act, Collection<JobId> ids, Function<List<JobId>, Set<JobId>> step) {
		CountedStep counted = new CountedStep(step);
		return this.audit.record(act, () -> this.bulk.inPieces(ids, counted), Set::size, counted::changed);
	}

}
