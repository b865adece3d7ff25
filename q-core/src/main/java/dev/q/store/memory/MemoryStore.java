package dev.q.store.memory;

import java.time.InstantSource;
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
 * Keeps jobs in the memory of this process. Nothing to install, and as fast as it gets;
 * but what waits when the process ends is lost, and no other process sees it.
 *
 * <p>
 * Queues are bounded: see {@link MemorySettings}. An insert into a full queue waits for
 * room for a short while, and is then refused; a retry or a release never is. An insert
 * whose thread is interrupted while it waits is refused at once, the flag still set.
 *
 * @since 0.1
 */
public final class MemoryStore implements JobStore {

	/** What people call this store. */
	static final String NAME = "memory";

	private final MemoryState state;

	private final WorkStore work;

	private final MaintenanceStore maintenance;

	private final ScheduleStore schedules;

	private final MemoryClusterStore cluster;

	private final JobCatalog catalog;

	private final JobControl control;

	/**
	 * Makes an empty store.
	 * @param settings its limits
	 * @param clock decides what is due and what has expired, and which times are written
	 * down: the wall clock
	 * @param steadyClock decides which leases and which entries of the register of
	 * workers have run out. Only how far it moves counts, not what it shows. It must
	 * never jump: a wall clock that is set forward would take all jobs at once from
	 * workers that are well and alive
	 */
	public MemoryStore(MemorySettings settings, InstantSource clock, InstantSource steadyClock) {
		this.state = new MemoryState(settings, clock, steadyClock);
		this.work = new MemoryWorkStore(this.state);
		this.cluster = new MemoryClusterStore(this.state);
		this.maintenance = new MemoryMaintenanceStore(this.state, this.cluster);
		this.schedules = new MemoryScheduleStore(this.state);
		this.catalog = new MemoryJobCatalog(this.state);
		this.control = new MemoryJobControl(this.state);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return Set.of(StoreCapability.AT_MOST_ONCE, StoreCapability.EXPIRY, StoreCapability.UNIQUE_SCOPES,
				StoreCapability.UNIQUE_UPDATES);
	}

	@Override
	public WorkStore work() {
		return this.work;
	}

	@Override
	public MaintenanceStore maintenance() {
		return this.maintenance;
	}

	@Override
	public ScheduleStore schedules() {
		return this.schedules;
	}

	@Override
	public ClusterStore cluster() {
		return this.cluster;
	}

	@Override
	public JobCatalog catalog() {
		return this.catalog;
	}

	@Override
	public JobControl control() {
		return this.control;
	}

	@Override
	public void close() {
		this.state.close();
	}

}
