package dev.q.store.redis;

import java.util.Set;
import java.util.function.Supplier;

import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import dev.q.store.WorkStore;
import dev.q.store.redis.layout.Keyspace;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Keeps jobs in Redis 6.2 or later: a single server, one watched by Sentinel, or a
 * cluster. Jobs outlive the processes that enqueue and work them, as far as the server
 * keeps its data.
 *
 * <p>
 * The connection is made with the first call, and mends itself; while it is broken, every
 * call throws a {@link StoreException} at once.
 *
 * @since 0.1
 */
public final class RedisStore implements JobStore {

	/** What people call this store. */
	static final String NAME = "redis";

	private final RedisLink link;

	private final WorkStore work;

	private final MaintenanceStore maintenance;

	private final ScheduleStore schedules;

	private final RedisClusterStore cluster;

	private final JobCatalog catalog;

	private final JobControl control;

	/**
	 * Makes a store that is not connected yet.
	 * @param settings namespace and limits
	 * @param connections where the server is and how to talk to it. The store takes it
	 * over: it starts it, and destroys it when it is closed, so nobody else may use it.
	 * Its client gives up a command after the timeout of the settings, refuses commands
	 * while it is not connected, and never sends one twice, whatever it was set up for.
	 * How soon it reconnects is up to its resources: Lettuce's own pauses grow to 30 s
	 */
	public RedisStore(RedisSettings settings, LettuceConnectionFactory connections) {
		this(settings, connections, Script::serverClock);
	}

	private RedisStore(RedisSettings settings, LettuceConnectionFactory connections, Supplier<String> clock) {
		Keyspace keys = new Keyspace(settings.namespace());
		this.link = new RedisLink(settings, new Wires(connections, settings.timeout()), new Scripts(clock));
		KnownQueues queues = new KnownQueues(this.link, keys);
		RedisSignals signals = new RedisSignals(this.link, keys);
		this.work = new RedisWorkStore(this.link, keys, queues, signals, settings);
		this.cluster = new RedisClusterStore(this.link, keys, queues);
		this.maintenance = new RedisMaintenanceStore(this.link, queues, this.cluster, signals.awaited());
		this.schedules = new RedisScheduleStore(this.link, keys, queues);
		this.catalog = new RedisJobCatalog(this.link, keys, queues, signals);
		this.control = new RedisJobControl(this.link, queues, signals.awaited());
	}

	/**
	 * Makes a store whose server goes by another clock than its own. For tests that move
	 * the time; a store in use must go by the clock of its server.
	 * @param settings namespace and limits
	 * @param connections taken over, as by the constructor
	 * @param clock code, in Lua, of a function {@code clock}, which gives milliseconds
	 * since 1970. Asked before each script
	 * @return the store, not connected yet
	 */
	public static RedisStore withClock(RedisSettings settings, LettuceConnectionFactory connections,
			Supplier<String> clock) {
		return new RedisStore(settings, connections, clock);
	}

	/**
	 * Connects, unless that has been done, and looks whether the server is fit.
	 * @throws RedisServerException if it is not fit; the message says what helps
	 * @throws StoreException if it cannot be reached
	 */
	public void connect() {
		this.link.connect();
	}

	/**
	 * Connects to look: nothing is written, not even that the namespace is used, and no
	 * right is needed but to read. The rest of what {@link #connect()} does is done
	 * before the first thing is changed.
	 * @throws RedisServerException if the server is not fit; the message says what helps
	 * @throws StoreException if it cannot be reached
	 */
	public void look() {
		this.link.look();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return Set.of(StoreCapability.AT_MOST_ONCE, StoreCapability.EXPIRY, StoreCapability.RELAXED_DURABILITY,
				StoreCapability.REPLICATED_DURABILITY, StoreCapability.GROUP_COMMIT, StoreCapability.CONCURRENT_INSERTS,
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
	public void close() {
		this.link.close();
	}

}
