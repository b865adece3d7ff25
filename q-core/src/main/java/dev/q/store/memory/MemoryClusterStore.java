package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;

/**
 * The register of the workers of this process. Entries run out by the steady clock, as
 * leases do.
 */
final class MemoryClusterStore implements ClusterStore {

	private final MemoryState state;

	private final Map<WorkerId, Entry> entries = new ConcurrentHashMap<>();

	MemoryClusterStore(MemoryState state) {
		this.state = state;
	}

	@Override
	public void announce(WorkerInfo worker, Duration timeToLive) {
		this.state.requireOpen();
		Instant now = this.state.steadyNow();
		this.entries.values().removeIf((entry) -> !entry.holds(now));
		this.entries.put(worker.id(), new Entry(worker, now.plus(timeToLive)));
	}

	@Override
	public void withdraw(WorkerId worker) {
		this.state.requireOpen();
		this.entries.remove(worker);
	}

	@Override
	public List<WorkerInfo> workers() {
		this.state.requireOpen();
		Instant now = this.state.steadyNow();
		return this.entries.values()
			.stream()
			.filter((entry) -> entry.holds(now))
			.map(Entry::worker)
			.sorted(Comparator.comparing((worker) -> worker.id().value()))
			.toList();
	}

	boolean isDraining(WorkerId worker) {
		Entry entry = this.entries.get(worker);
		return entry != null && entry.holds(this.state.steadyNow())
				&& entry.worker().state() == WorkerInfo.State.DRAINING;
	}

	private record Entry(WorkerInfo worker, Instant until) {

		boolean holds(Instant now) {
			return now.isBefore(this.until);
		}

	}

}
