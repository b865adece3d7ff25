package dev.q.store.routing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;

/**
 * Keeps workers in the registers of all stores: each judges its leases by its own.
 */
final class RoutingClusterStore implements ClusterStore {

	private final Branches branches;

	RoutingClusterStore(Branches branches) {
		this.branches = branches;
	}

	@Override
	public void announce(WorkerInfo worker, Duration timeToLive) {
		this.branches.each((store) -> store.cluster().announce(worker, timeToLive));
	}

	@Override
	public void withdraw(WorkerId worker) {
		this.branches.each((store) -> store.cluster().withdraw(worker));
	}

	@Override
	public List<WorkerInfo> workers() {
		Map<WorkerId, WorkerInfo> workers = new LinkedHashMap<>();
		this.branches
			.each((store) -> store.cluster().workers().forEach((worker) -> workers.putIfAbsent(worker.id(), worker)));
		return List.copyOf(workers.values());
	}

}
