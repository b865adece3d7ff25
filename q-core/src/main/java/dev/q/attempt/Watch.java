package dev.q.attempt;

import java.util.List;

import dev.q.loop.Loop;

/**
 * What watches over running jobs.
 *
 * @param leases renews their leases
 * @param deadlines sees to it that they come to an end
 */
record Watch(LeaseKeeper leases, Deadlines deadlines) {

	/**
	 * Looks after a claimed job until it is settled.
	 */
	void over(Execution execution) {
		this.leases.watch(execution);
		this.deadlines.watch(execution.lease());
	}

	List<Loop> loops() {
		return List.of(this.leases.loop(), this.deadlines.loop());
	}

}
