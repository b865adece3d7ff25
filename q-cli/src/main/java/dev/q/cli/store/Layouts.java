package dev.q.cli.store;

import java.util.List;
import java.util.function.Consumer;

import dev.q.boot.StoreType;

/**
 * How the stores of a configuration keep their jobs. Servers are connected when they are
 * first asked something.
 *
 * @since 0.1
 */
public final class Layouts implements AutoCloseable {

	private final Servers servers;

	private final List<Layout> all;

	private Layouts(Servers servers, List<Layout> all) {
		this.servers = servers;
		this.all = List.copyOf(all);
	}

	/**
	 * Reads which stores there are.
	 * @param configuration names them
	 * @param notes told of stores that are left out
	 * @return nothing is connected
	 * @throws SetupException if all are inside their application
	 */
	public static Layouts of(Configuration configuration, Consumer<String> notes) {
		Servers servers = new Servers(configuration, Servers.Use.COMMAND);
		List<ConfiguredStore> stores = configuration.stores(notes);
		List<Layout> all = stores.stream()
			.filter((store) -> !store.isWithinItsApplication())
			.map((store) -> layout(store, servers))
			.toList();
		if (all.isEmpty()) {
			throw new SetupException(
					"Jobs in memory need no layout. Name the store by --url, by --config, or by Q_STORE and its address in the environment");
		}
		stores.stream()
			.filter(ConfiguredStore::isWithinItsApplication)
			.forEach((store) -> notes.accept(store.key() + " is inside the application, and is left alone"));
		return new Layouts(servers, all);
	}

	private static Layout layout(ConfiguredStore store, Servers servers) {
		return (store.kind() == StoreType.REDIS) ? new RedisLayout(store, servers) : new PostgresLayout(store, servers);
	}

	/**
	 * The layouts.
	 * @return that of {@code q.store} first; not empty
	 */
	public List<Layout> all() {
		return this.all;
	}

	@Override
	public void close() {
		this.servers.close();
	}

}
