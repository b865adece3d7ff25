package dev.q.job;

/**
 * What has happened to a job so far. The counters are never merged, so that on every path
 * {@code deliveries <= max attempts + max crashes + nacks + releases}, counted anew from
 * a manual retry on.
 *
 * @param failures attempts that ended in a failure
 * @param deliveries claims; rises with each and never falls
 * @param crashes leases that ran out, but for those of workers that were draining
 * @param nacks hand-backs by the handler
 * @param releases other hand-backs: shutdown, snooze, no handler, and the end of a lease
 * whose worker was draining
 * @since 0.1
 */
public record JobCounters(int failures, int deliveries, int crashes, int nacks, int releases) {

	/** Of a job that was never claimed. */
	public static final JobCounters ZERO = new JobCounters(0, 0, 0, 0, 0);

	/**
	 * Number of the attempt that runs now or comes next.
	 * @return one more than the failures
	 */
	public int attempt() {
		return this.failures + 1;
	}

	/**
	 * Counts a claim.
	 * @return a copy with one more delivery
	 */
	public JobCounters delivered() {
		return new JobCounters(this.failures, this.deliveries + 1, this.crashes, this.nacks, this.releases);
	}

	/**
	 * Counts a failed attempt.
	 * @return a copy with one more failure
	 */
	public JobCounters failed() {
		return new JobCounters(this.failures + 1, this.deliveries, this.crashes, this.nacks, this.releases);
	}

	/**
	 * Counts a lease that ran out.
	 * @return a copy with one more crash
	 */
	public JobCounters crashed() {
		return new JobCounters(this.failures, this.deliveries, this.crashes + 1, this.nacks, this.releases);
	}

	/**
	 * Counts a hand-back.
	 * @param reason why; {@link ReleaseReason#NACK} is counted apart from the others
	 * @return a copy with one more nack or release
	 */
	public JobCounters released(ReleaseReason reason) {
		return (reason == ReleaseReason.NACK)
				? new JobCounters(this.failures, this.deliveries, this.crashes, this.nacks + 1, this.releases)
				: new JobCounters(this.failures, this.deliveries, this.crashes, this.nacks, this.releases + 1);
	}

	/**
	 * Starts over after a manual retry.
	 * @return a copy without failures and crashes
	 */
	public JobCounters revived() {
		return new JobCounters(0, this.deliveries, 0, this.nacks, this.releases);
	}

}
