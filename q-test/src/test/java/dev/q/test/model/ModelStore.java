package dev.q.test.model;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;
import dev.q.store.WorkStore;

/**
 * The model of a store. For one thread.
 */
public final class ModelStore implements JobStore {

	static final String NAME = "model";

	private final Books books;

	private final Keys keys;

	private final WorkStore work;

	private final MaintenanceStore maintenance;

	private final ScheduleStore schedules;

	private final ClusterStore cluster;

	private final JobCatalog catalog;

	private final JobControl control;

	/**
	 * Makes an empty store.
	 * @param clock what time it is
	 */
	public ModelStore(InstantSource clock) {
		this.books = new Books(clock);
		Order order = new Order(this.books);
		this.keys = new Keys(this.books, order, new ArrayList<>());
		Intake intake = new Intake(this.books, order, this.keys);
		Finished finished = new Finished(this.books);
		ModelCluster register = new ModelCluster(this.books, new HashMap<>());
		this.work = new ModelWork(this.books, order, this.keys, intake, new Settling(this.books, order), finished);
		this.maintenance = new ModelMaintenance(this.books, order, this.keys, finished, register);
		this.schedules = new ModelSchedules(this.books, intake, new TreeMap<>());
		this.cluster = register;
		this.catalog = new ModelCatalog(this.books, order, this.keys);
		this.control = new ModelControl(this.books, order, this.keys);
	}

	/**
	 * Whether jobs wait for others to let go of their keys.
	 * @return true if so
	 */
	public boolean hasSuccessors() {
		return !this.books.jobs((job) -> job.state == JobState.BLOCKED).isEmpty();
	}

	/**
	 * Jobs whose places are open: those that stand at the front of their priority beside
	 * another one, and those that have just followed others.
	 * @return all of them, but one of each front
	 */
	public List<JobId> crowd() {
		Set<List<Object>> lanes = new HashSet<>();
		List<JobId> heirs = this.keys.pollHeirs();
		return this.books.jobs((job) -> job.state == JobState.READY)
			.stream()
			.filter((job) -> heirs.contains(job.id)
					|| (job.front && !lanes.add(List.of(job.queue(), job.spec.priority()))))
			.map((job) -> job.id)
			.toList();
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
		this.books.close();
	}

}
