package dev.q.cli.bench;

import java.util.Set;

import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;
import dev.q.store.WorkStore;

/**
 * A store as the engine of a measurement sees it: work is as it is, upkeep and schedules
 * are its own.
 *
 * @param store the store
 * @param maintenance what keeps the queue of the measurement in order
 * @param schedules none
 */
record OwnStore(JobStore store, MaintenanceStore maintenance, ScheduleStore schedules) implements JobStore {

	@Override
	public String name() {
		return this.store.name();
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return this.store.capabilities();
	}

	@Override
	public WorkStore work() {
		return this.store.work();
	}

	@Override
	public ClusterStore cluster() {
		return this.store.cluster();
	}

	@Override
	public JobCatalog catalog() {
		return this.store.catalog();
	}

	@Override
	public JobControl control() {
		return this.store.control();
	}

	@Override
	public void close() {
		this.store.close();
	}

}
