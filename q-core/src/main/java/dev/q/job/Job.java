package dev.q.job;

/**
 * A job as it was at one moment.
 *
 * @param id its identity
 * @param spec what it is
 * @param state where it stands
 * @param counters what has happened to it
 * @param times when that happened
 * @since 0.1
 */
public record Job(JobId id, JobSpec spec, JobState state, JobCounters counters, JobTimes times) {

	/**
	 * Number of the attempt that runs now or comes next.
	 * @return 1 for a job that has never failed
	 */
	public int attempt() {
		return this.counters.attempt();
	}

	/**
	 * Whether a failure of this attempt ends the job.
	 * @return true if no attempt is left after this one
	 */
	public boolean isLastAttempt() {
		return attempt() >= this.spec.limits().maxAttempts() || mayStartOnce();
	}

	/**
	 * Whether the job is on hold: scheduled, without a date.
	 * @return true until somebody releases it or gives it a time
	 */
	public boolean isHeld() {
		return this.state == JobState.SCHEDULED && this.times.runAt() == null;
	}

	/**
	 * Whether the job is never to be handed to a handler twice, unless a person wants
	 * that.
	 * @return true for {@link DeliveryMode#AT_MOST_ONCE}
	 */
	public boolean mayStartOnce() {
		return this.spec.delivery() == DeliveryMode.AT_MOST_ONCE;
	}

}
