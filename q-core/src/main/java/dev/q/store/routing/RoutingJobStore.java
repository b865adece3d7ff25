package dev.q.store.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;
import dev.q.store.TransactionStore;
import dev.q.store.WorkStore;

/**
 * Several stores that are used as one: each queue is held by one of them. It can do what
 * all of them can; what the store of a queue can do beyond that, {@link #storeOf} tells.
 * An outage of one of them touches its own queues alone.
 *
 * @since 0.1
 */
public final class RoutingJobStore implements JobStore {

	/** Name of the store that holds the queues which no other one does. */
	public static final String DEFAULT = "default";

	static final String NAME = "routing";

	/** More calls than that are not under way unless stores hang. */
	private static final int MOST_THREADS = 128;

	private static final int IDLE_SECONDS = 10;

	/** How long a store may keep those waiting who want something of others too. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Branches branches;

	private final Roles roles;

	private final Set<StoreCapability> capabilities;

	private final Runnable endOfThreads;

	/**
	 * Puts stores together, with threads of their own beside those of the callers.
	 * @param other holds all queues that no route names
	 * @param routes who holds the rest
	 * @param clock times how long a store that fails is left alone
	 * @throws IllegalArgumentException if a queue, a name or a store is given twice
	 */
	public RoutingJobStore(JobStore other, List<StoreRoute> routes, EngineClock clock) {
		this(other, routes, clock, newThreads());
	}

	private RoutingJobStore(JobStore other, List<StoreRoute> routes, EngineClock clock, ExecutorService threads) {
		this(other, routes, clock, new Messengers(threads, PATIENCE), threads::shutdown);
	}

	/**
	 * Puts stores together.
	 * @param other holds all queues that no route names
	 * @param routes who holds the rest
	 * @param clock times how long a store that fails is left alone
	 * @param threads run calls that another thread waits for; one that runs them at once
	 * will do in a test. Left running when the stores are closed
	 * @throws IllegalArgumentException if a queue, a name or a store is given twice
	 */
	public RoutingJobStore(JobStore other, List<StoreRoute> routes, EngineClock clock, Executor threads) {
		this(other, routes, clock, new Messengers(threads, PATIENCE));
	}

	/**
	 * Puts stores together of which one that hangs is waited for as long as a test likes.
	 */
	RoutingJobStore(JobStore other, List<StoreRoute> routes, EngineClock clock, Messengers messengers) {
		this(other, routes, clock, messengers, () -> {
		});
	}

	private RoutingJobStore(JobStore other, List<StoreRoute> routes, EngineClock clock, Messengers messengers,
			Runnable endOfThreads) {
		requireDistinct(other, routes);
		Ears ears = new Ears();
		Executor threads = messengers.threads();
		Map<QueueName, Branch> byQueue = new HashMap<>();
		for (StoreRoute route : routes) {
			Branch branch = new Branch(route.name(), route.store(), clock, threads, ears::connect);
			route.queues().forEach((queue) -> byQueue.put(queue, branch));
		}
		this.branches = new Branches(new Branch(DEFAULT, other, clock, threads, ears::connect), byQueue);
		this.roles = new Roles(new RoutingWorkStore(this.branches, messengers, ears),
				new RoutingMaintenanceStore(this.branches), new RoutingScheduleStore(this.branches),
				new RoutingClusterStore(this.branches), new RoutingJobCatalog(this.branches, ears),
				new RoutingJobControl(this.branches));
		this.capabilities = common(this.branches);
		this.endOfThreads = endOfThreads;
	}

	private static ExecutorService newThreads() {
		return new ThreadPoolExecutor(0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(errand) -> {
					Thread thread = new Thread(errand, "q-stores");
					thread.setDaemon(true);
					return thread;
				});
	}

	private static void requireDistinct(JobStore other, List<StoreRoute> routes) {
		Set<String> names = new HashSet<>(Set.of(DEFAULT));
		Map<QueueName, String> holders = new HashMap<>();
		List<JobStore> stores = new ArrayList<>(List.of(other));
		for (StoreRoute route : routes) {
			if (!names.add(route.name())) {
				throw new IllegalArgumentException("Two stores are named %s. Name one of them otherwise%s".formatted(
						route.name(), route.name().equals(DEFAULT) ? ": that is the store of all other queues" : ""));
			}
			if (stores.contains(route.store())) {
				throw new IllegalArgumentException(
						"Store %s is the same object as another store. Let one of them hold the queues of both"
							.formatted(route.name()));
			}
			stores.add(route.store());
			for (QueueName queue : route.queues()) {
				String holder = holders.put(queue, route.name());
				if (holder != null) {
					throw new IllegalArgumentException(
							"Queue %s is given to the stores %s and %s. A queue is held by one store".formatted(queue,
									holder, route.name()));
				}
			}
		}
	}

	private static Set<StoreCapability> common(Branches branches) {
		Set<StoreCapability> common = EnumSet.allOf(StoreCapability.class);
		branches.all().forEach((branch) -> common.retainAll(branch.store().capabilities()));
		return Set.copyOf(common);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return this.capabilities;
	}

	@Override
	public JobStore storeOf(QueueName queue) {
		return this.branches.of(queue).store();
	}

	@Override
	public List<String> problems() {
		return this.branches.all().stream().flatMap((branch) -> branch.problem().stream()).toList();
	}

	@Override
	public WorkStore work() {
		return this.roles.work();
	}

	@Override
	public MaintenanceStore maintenance() {
		return this.roles.maintenance();
	}

	@Override
	public ScheduleStore schedules() {
		return this.roles.schedules();
	}

	@Override
	public ClusterStore cluster() {
		return this.roles.cluster();
	}

	@Override
	public JobCatalog catalog() {
		return this.roles.catalog();
	}

	@Override
	public JobControl control() {
		return this.roles.control();
	}

	/**
	 * Empty: which store writes in a transaction, {@link #storeOf} tells.
	 */
	@Override
	public Optional<TransactionStore> transaction() {
		return Optional.empty();
	}

	@Override
	public void close() {
		this.branches.close();
		Failures failures = new Failures();
		for (Branch branch : this.branches.all()) {
			try {
				branch.store().close();
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		}
		this.endOfThreads.run();
		failures.rethrow();
	}

	/**
	 * What the store hands out.
	 */
	private record Roles(WorkStore work, MaintenanceStore maintenance, ScheduleStore schedules, ClusterStore cluster,
			JobCatalog catalog, JobControl control) {
	}

}
