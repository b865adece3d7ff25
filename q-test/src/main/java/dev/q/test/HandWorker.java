package dev.q.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker that is led by hand: it claims, renews and settles when it is told to, and
 * never by itself.
 *
 * @param store where it works
 * @param id who it is
 * @param queues what it works, in order of preference
 * @param lease how long its claims hold
 * @param retention what it lets be kept of finished jobs
 * @since 0.1
 */
public record HandWorker(JobStore store, WorkerId id, List<QueueName> queues, Duration lease, Retention retention) {

	/** How long the claims of a worker hold that says nothing else. */
	public static final Duration LEASE = Duration.ofSeconds(30);

	/** The failure that {@link #fail} and {@link #bury} tell of. */
	public static final JobError FAILURE = JobError.of("test.Failure", "it did not work");

	/**
	 * Hires a worker for the default queue.
	 * @param store where it works
	 * @param name who it is
	 * @return the worker
	 */
	public static HandWorker of(JobStore store, String name) {
		return new HandWorker(store, new WorkerId(name), List.of(QueueName.DEFAULT), LEASE, Retention.DEFAULT);
	}

	/**
	 * The same worker on other queues.
	 * @param others the queues, in order of preference
	 * @return a copy
	 */
	public HandWorker on(QueueName... others) {
		return new HandWorker(this.store, this.id, List.of(others), this.lease, this.retention);
	}

	/**
	 * The same worker with another lease.
	 * @param length how long its claims hold
	 * @return a copy
	 */
	public HandWorker leasing(Duration length) {
		return new HandWorker(this.store, this.id, this.queues, length, this.retention);
	}

	/**
	 * The same worker with another retention.
	 * @param kept what it lets be kept of finished jobs
	 * @return a copy
	 */
	public HandWorker keeping(Retention kept) {
		return new HandWorker(this.store, this.id, this.queues, this.lease, kept);
	}

	/**
	 * Asks for work.
	 * @param limit how many jobs at most
	 * @return all that the store answers
	 */
	public ClaimAnswer ask(int limit) {
		return this.store.work().claim(new ClaimRequest(this.queues, limit, this.lease, this.id));
	}

	/**
	 * Claims jobs of queues of which some are exclusive.
	 * @param limit how many jobs at most
	 * @param exclusive which of its queues run one job at a time
	 * @return the jobs
	 */
	public List<ClaimedJob> claimExclusively(int limit, QueueName... exclusive) {
		ClaimRequest request = new ClaimRequest(this.queues, limit, this.lease, this.id, Set.of(exclusive));
		return this.store.work().claim(request).jobs();
	}

	/**
	 * Claims jobs.
	 * @param limit how many at most
	 * @return the jobs
	 */
	public List<ClaimedJob> claim(int limit) {
		return ask(limit).jobs();
	}

	/**
	 * Claims jobs.
	 * @param limit how many at most
	 * @return their ids
	 */
	public List<JobId> claimIds(int limit) {
		return claim(limit).stream().map((claimed) -> claimed.job().id()).toList();
	}

	/**
	 * Claims the next job, which must be there.
	 * @return the job
	 */
	public ClaimedJob claimOne() {
		List<ClaimedJob> jobs = claim(1);
		assertThat(jobs).as("the next job of %s", this.queues).hasSize(1);
		return jobs.get(0);
	}

	/**
	 * Renews a lease.
	 * @param job what it holds
	 * @return what the store says
	 */
	public LeaseAnswer renew(ClaimedJob job) {
		return this.store.work().renew(List.of(job.lease())).get(0);
	}

	/**
	 * Renews leases.
	 * @param leases what it holds
	 * @return what the store says
	 */
	public List<LeaseAnswer> renew(List<Lease> leases) {
		return this.store.work().renew(leases);
	}

	/**
	 * Settles a job.
	 * @param job what it holds
	 * @param outcome what became of it
	 * @return what the store says
	 */
	public LeaseAnswer settle(ClaimedJob job, Outcome outcome) {
		return settle(new Settlement(job.lease(), outcome)).get(0);
	}

	/**
	 * Settles jobs in one call.
	 * @param settlements leases and outcomes
	 * @return what the store says
	 */
	public List<LeaseAnswer> settle(Settlement... settlements) {
		return this.store.work().settle(Arrays.asList(settlements), this.retention);
	}

	/**
	 * Is done with a job.
	 * @param job what it holds
	 * @return what the store says
	 */
	public LeaseAnswer succeed(ClaimedJob job) {
		return settle(job, new Outcome.Succeeded(StoredResult.NONE));
	}

	/**
	 * Failed, and wants another attempt.
	 * @param job what it holds
	 * @param delay how long until then
	 * @return what the store says
	 */
	public LeaseAnswer fail(ClaimedJob job, Duration delay) {
		return settle(job, new Outcome.Retry(delay, FAILURE));
	}

	/**
	 * Failed for good.
	 * @param job what it holds
	 * @return what the store says
	 */
	public LeaseAnswer bury(ClaimedJob job) {
		return settle(job, new Outcome.Dead(DeadReason.EXHAUSTED, FAILURE));
	}

	/**
	 * Calls a job off.
	 * @param job what it holds
	 * @return what the store says
	 */
	public LeaseAnswer callOff(ClaimedJob job) {
		return settle(job, new Outcome.Cancelled("called off"));
	}

	/**
	 * Hands a job back because it stops.
	 * @param job what it holds
	 * @return what the store says
	 */
	public LeaseAnswer handBack(ClaimedJob job) {
		return release(job, ReleaseReason.SHUTDOWN, Duration.ZERO);
	}

	/**
	 * Hands a job back.
	 * @param job what it holds
	 * @param reason why
	 * @param delay how long until it may be claimed again
	 * @return what the store says
	 */
	public LeaseAnswer release(ClaimedJob job, ReleaseReason reason, Duration delay) {
		return settle(job, new Outcome.Released(reason, delay));
	}

}
