package dev.q.maintenance;

import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.RecordedFailureException;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobState;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes jobs whose time has come, takes back those of lost workers, ends those whose
 * time is over and deletes what was kept long enough. Safe for use by many threads, and
 * on many nodes at once.
 *
 * @since 0.1
 */
public final class Housekeeping {

	/** Most jobs of each kind that one round moves. */
	public static final int PAGE = 1000;

	private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

	private static final JobError LOST = JobError.of("WorkerLost", "Its worker was lost");

	private final MaintenanceStore store;

	private final Retention retention;

	private final JobEvents events;

	/**
	 * Makes a housekeeper.
	 * @param store what to keep in order
	 * @param retention how long finished jobs are kept
	 * @param events told of jobs that were taken back or have expired
	 */
	public Housekeeping(MaintenanceStore store, Retention retention, JobEvents events) {
		this.store = store;
		this.retention = retention;
		this.events = events;
	}

	/**
	 * Does one bounded round. A task that fails keeps no other from being done.
	 * @return what was done; call again when there may be more
	 */
	public HousekeepingCounts run() {
		Attempts attempts = new Attempts();
		HousekeepingCounts counts = run(attempts);
		attempts.rethrow();
		return counts;
	}

	/**
	 * Does one bounded round, for a caller who goes on with what there is to do although
	 * a task fails.
	 * @param attempts takes what fails
	 * @return what was done; call again when there may be more
	 */
	public HousekeepingCounts run(Attempts attempts) {
		int promoted = attempts.count(() -> this.store.promoteDue(PAGE));
		int recovered = attempts.count(this::recover);
		int expired = attempts.count(this::expire);
		int purged = attempts.count(() -> this.store.purge(this.retention, PAGE));
		boolean more = promoted == PAGE || recovered == PAGE || expired == PAGE || purged == PAGE;
		return new HousekeepingCounts(promoted, recovered, expired, purged, more);
	}

	private int recover() {
		List<Job> jobs = this.store.recoverExpired(PAGE);
		jobs.forEach(this::reportRecovered);
		return jobs.size();
	}

	private int expire() {
		List<Job> jobs = this.store.expire(PAGE);
		jobs.forEach((job) -> tell(new JobEvent.Expired(job)));
		return jobs.size();
	}

	private void reportRecovered(Job job) {
		if (job.state() == JobState.DEAD && job.mayStartOnce()) {
			logger.warn("The worker of job {} of type {} in queue {} was lost, and it may not start twice; it is dead",
					job.id(), job.spec().type(), job.spec().queue());
			tellDead(job, DeadReason.LOST);
		}
		else if (job.state() == JobState.DEAD) {
			logger.warn("The worker of job {} of type {} in queue {} was lost, as {} before it; the job is dead",
					job.id(), job.spec().type(), job.spec().queue(), job.counters().crashes() - 1);
			tellDead(job, DeadReason.CRASHED);
		}
		else if (job.state() == JobState.EXPIRED) {
			tell(new JobEvent.Expired(job));
		}
		else {
			logger.warn("The worker of job {} of type {} in queue {} was lost; another takes it over", job.id(),
					job.spec().type(), job.spec().queue());
			tell(new JobEvent.Recovered(job));
		}
	}

	private void tellDead(Job job, DeadReason reason) {
		tell(new JobEvent.Died(job, reason, LOST, null));
		if (this.events.hearsFailures()) {
			this.events.failed(job, new RecordedFailureException(LOST), false);
		}
	}

	private void tell(JobEvent event) {
		if (!this.events.isSilent()) {
			this.events.publish(event);
		}
	}

}
