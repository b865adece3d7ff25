package dev.q.test.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;

/**
 * The register of workers.
 *
 * @param books what time it is
 * @param entries who said what
 */
record ModelCluster(Books books, Map<WorkerId, Entry> entries) implements ClusterStore {

	@Override
	public void announce(WorkerInfo worker, Duration timeToLive) {
		this.entries.put(worker.id(), new Entry(worker, this.books.now().plus(timeToLive)));
	}

	@Override
	public void withdraw(WorkerId worker) {
		this.books.requireOpen();
		this.entries.remove(worker);
	}

	@Override
	public List<WorkerInfo> workers() {
		Instant now = this.books.now();
		return this.entries.values()
			.stream()
			.filter((entry) -> now.isBefore(entry.until()))
			.map(Entry::worker)
			.toList();
	}

	boolean isDraining(@Nullable WorkerId worker) {
		return workers().stream()
			.anyMatch((info) -> info.id().equals(worker) && info.state() == WorkerInfo.State.DRAINING);
	}

	/**
	 * What a worker said of itself.
	 *
	 * @param worker what
	 * @param until how long that holds
	 */
	record Entry(WorkerInfo worker, Instant until) {
	}

}
