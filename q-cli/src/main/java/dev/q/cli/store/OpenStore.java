package dev.q.cli.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.q.cli.store.Servers.Use;
import dev.q.job.QueueName;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.routing.RoutingJobStore;
import dev.q.store.routing.StoreRoute;

/**
 * The store of a configuration, connected: one, or several that are used as one.
 *
 * @since 0.1
 */
public final class OpenStore implements AutoCloseable {

	private final Servers servers;

	private final JobStore store;

	private OpenStore(Servers servers, JobStore store) {
		this.servers = servers;
		this.store = store;
	}

	/**
	 * Opens a store.
	 * @param configuration names it
	 * @param notes told of stores that are left out
	 * @return connected
	 * @throws SetupException if it is in memory: then only its application can see it
	 * @throws dev.q.store.StoreException if it cannot be reached
	 */
	public static OpenStore of(Configuration configuration, Consumer<String> notes) {
		if (configuration.first().isWithinItsApplication()) {
			throw new SetupException(
					"Jobs in memory are inside their application. Name the store by --url, by --config, or by Q_STORE and its address in the environment");
		}
		return open(configuration, notes, Use.COMMAND);
	}

	/**
	 * Opens a store as an application does that has much to do. One in memory is made
	 * anew and gone at the end, so it must have been asked for.
	 * @param configuration names it
	 * @param notes told of stores that are left out
	 * @param connections how many there are at most where calls do not share one
	 * @return connected
	 * @throws SetupException if nobody has said which store
	 * @throws dev.q.store.StoreException if it cannot be reached
	 */
	public static OpenStore forLoad(Configuration configuration, Consumer<String> notes, int connections) {
		if (!configuration.namesKind()) {
			throw new SetupException(
					"Nobody has said which store. Name it by --url, by --config, or by Q_STORE and its address in the environment, or take --store memory");
		}
		return open(configuration, notes, Use.load(connections));
	}

	private static OpenStore open(Configuration configuration, Consumer<String> notes, Use use) {
		List<ConfiguredStore> stores = configuration.stores(notes);
		Servers servers = new Servers(configuration, use);
		List<JobStore> opened = new ArrayList<>();
		try {
			return new OpenStore(servers, opened(stores, (store) -> {
				JobStore one = servers.open(store);
				opened.add(one);
				return one;
			}, notes));
		}
		catch (RuntimeException ex) {
			opened.forEach(JobStore::close);
			servers.close();
			throw ex;
		}
	}

	private static JobStore opened(List<ConfiguredStore> stores, Opening opening, Consumer<String> notes) {
		JobStore first = opening.open(stores.get(0));
		List<StoreRoute> routes = new ArrayList<>();
		for (ConfiguredStore store : stores.subList(1, stores.size())) {
			if (store.isWithinItsApplication()) {
				notes.accept("Store %s is inside the application, so its queues cannot be seen from here: %s"
					.formatted(store.name(), store.queues()));
			}
			else {
				routes.add(new StoreRoute(store.name(), opening.open(store),
						store.queues().stream().map(QueueName::new).toList()));
			}
		}
		return routes.isEmpty() ? first : new RoutingJobStore(first, routes, new SystemClock());
	}

	/**
	 * The store.
	 * @return open until this is closed
	 */
	public JobStore store() {
		return this.store;
	}

	/**
	 * The server of the store, or of the first of several. Asks it.
	 * @return its name and its version if it tells
	 */
	public String server() {
		return this.servers.name();
	}

	@Override
	public void close() {
		this.store.close();
		this.servers.close();
	}

	/** Opens one of several. */
	@FunctionalInterface
	private interface Opening {

		JobStore open(ConfiguredStore store);

	}

}
