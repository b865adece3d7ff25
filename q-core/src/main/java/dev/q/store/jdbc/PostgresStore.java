package dev.q.store.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.q.ports.EngineClock;
import dev.q.ports.SystemClock;
import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;
import dev.q.store.TransactionStore;
import dev.q.store.WorkStore;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.known.Verdicts;

/**
 * Keeps jobs in PostgreSQL 14 or later. Jobs can be stored, and settled, in the same
 * transaction as the data that they are about.
 *
 * <p>
 * Before the first call that reaches the server, the store sees to its schema as the
 * settings say, on a connection of its own. Every call takes a connection of the data
 * source and gives it back at once; the data source says how long a call waits for one,
 * and stays the caller's.
 *
 * @since 0.1
 */
public final class PostgresStore implements JobStore {

	/** What people call this store. */
	static final String NAME = "postgres";

	private static final long SWEEPING = TimeUnit.SECONDS.toNanos(1);

	private static final long COUNTING = TimeUnit.SECONDS.toNanos(5);

	private final Signals signals;

	private final WorkStore work;

	private final MaintenanceStore maintenance;

	private final ScheduleStore schedules;

	private final ClusterStore cluster;

	private final JobCatalog catalog;

	private final JobControl control;

	private final TransactionStore transaction;

	/**
	 * Makes a store that hears notifications on a connection of the data source, which it
	 * keeps as long as it has subscribers.
	 * @param settings how jobs are kept
	 * @param source where the server is; transactions on this data source can be joined
	 */
	public PostgresStore(PostgresSettings settings, DataSource source) {
		this(settings, source, source);
	}

	/**
	 * Makes a store.
	 * @param settings how jobs are kept
	 * @param source where the server is; transactions on this data source can be joined
	 * @param listening gives the one connection for notifications: straight to the
	 * server, since a pooler may not keep a session
	 */
	public PostgresStore(PostgresSettings settings, DataSource source, DataSource listening) {
		LowerBounds bounds = new LowerBounds(settings.lowerBound());
		EngineClock clock = new SystemClock();
		Database database = new Database(source, settings);
		this.signals = new Signals(database, listening, bounds);
		Trimming trimming = new Trimming(database);
		Verdicts verdicts = new Verdicts(clock);
		PostgresJobCatalog looks = new PostgresJobCatalog(database, this.signals);
		this.work = new PostgresWorkStore(database, bounds, this.signals, trimming, verdicts, clock);
		this.transaction = new PostgresTransactionStore(database, this.signals, trimming);
		this.maintenance = new PostgresMaintenanceStore(database, looks, this.signals, chores(database, bounds, clock),
				verdicts);
		this.schedules = new PostgresScheduleStore(database, this.signals);
		this.cluster = new PostgresClusterStore(database);
		this.catalog = looks;
		this.control = new PostgresJobControl(database, this.signals, verdicts);
	}

	private List<Chore> chores(Database database, LowerBounds bounds, EngineClock clock) {
		Args most = new Args().number(PostgresJobCatalog.MOST_COUNTED + 1);
		Chore recount = new Chore(clock, COUNTING, () -> database.upkeep("q_recount_v1", most, (row) -> true));
		return bounds.isEnabled()
				? List.of(new Chore(clock, SWEEPING, new Sweep(database, bounds, this.signals)), recount)
				: List.of(recount);
	}

	/**
	 * Reaches the server, and sees to the schema unless that has been done. Every call
	 * does so by itself; this one tells early.
	 * @throws PostgresServerException if the server cannot be used; the message says what
	 * helps
	 * @throws dev.q.store.StoreException if it cannot be reached
	 */
	public void connect() {
		this.cluster.workers();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return Set.of(StoreCapability.AT_MOST_ONCE, StoreCapability.EXPIRY, StoreCapability.RELAXED_DURABILITY,
				StoreCapability.REPLICATED_DURABILITY, StoreCapability.GROUP_COMMIT,
				StoreCapability.TRANSACTIONAL_ENQUEUE, StoreCapability.TRANSACTIONAL_COMPLETION,
				StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
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
	public Optional<TransactionStore> transaction() {
		return Optional.of(this.transaction);
	}

	@Override
	public void close() {
		this.signals.close();
	}

}
