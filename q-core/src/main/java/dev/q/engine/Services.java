package dev.q.engine;

import dev.q.job.WorkerId;

/**
 * What all groups of a worker share.
 *
 * @param worker who they are
 * @param handlers runs jobs
 * @param completer settles them
 * @param leases renews them
 * @param deadlines sees to it that they come to an end
 * @param reporter tells of them
 */
record Services(WorkerId worker, HandlerRunner handlers, Completer completer, LeaseKeeper leases, Deadlines deadlines,
		Reporter reporter) {

	/**
	 * Looks after a claimed job until it is settled.
	 */
	void watch(Execution execution) {
		this.leases.watch(execution);
		this.deadlines.expect(execution.lease().duration().toNanos() / 2);
	}

}
