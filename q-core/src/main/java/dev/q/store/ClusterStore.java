package dev.q.store;

import java.time.Duration;
import java.util.List;

import dev.q.job.WorkerId;

/**
 * The register of workers. Nothing depends on it but that a worker which announced its
 * end is not blamed for the leases that it lets run out.
 *
 * @since 0.1
 */
public interface ClusterStore {

	/**
	 * Registers a worker, or renews its entry.
	 * @param worker who is there
	 * @param timeToLive how long the entry holds without renewal
	 */
	void announce(WorkerInfo worker, Duration timeToLive);

	/**
	 * Takes a worker out of the register. Harmless if it is not in there.
	 * @param worker who has gone
	 */
	void withdraw(WorkerId worker);

	/**
	 * Who is there.
	 * @return the workers whose entries hold
	 */
	List<WorkerInfo> workers();

}
