package dev.q.test.model;

import java.time.InstantSource;
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
		Keys keys = new Keys(this.books);
		Intake intake = new Intake(this.books, order, keys);
		Finished finished = new Finished(this.books);
		ModelCluster register = new ModelCluster(this.books, new HashMap<>());
		this.work = new ModelWork(this.books, order, intake, new Settling(this.books, order), finished);
		this.maintenance = new ModelMaintenance(this.books, order, finished, register);
		this.schedules = new ModelSchedules(this.books, intake, new TreeMap<>());
		this.cluster = register;
		this.catalog = new ModelCatalog(this.books, order);
		this.control = new ModelControl(this.books, order, keys);
	}

	/**
	 * Jobs that stand at the front of their priority beside another one: which of them
	 * comes first is open.
	 * @return all of them but one for each priority and queue
	 */
	public List<JobId> crowd() {
		Set<List<Object>> lanes = new HashSet<>();
		return this.books.jobs((job) -> job.state == JobState.READY && job.front)
			.stream()
			.filter((job) -> !lanes.add(List.of(job.queue(), job.spec.priority())))
			.map((job) -> job.id)
			.toList();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return Set.of(StoreCapability.EXPIRY);
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
