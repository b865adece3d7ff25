package dev.q.test.server;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The door to servers for tests. Every server is announced once, such as
 * {@code Redis 6.2.11 (artifact) on port 11042}. Safe for use by several threads.
 *
 * <p>
 * Tests that only need a Redis take {@link #shared()} and keep apart by the names of
 * their keys. Tests that end, fill or reconfigure a server take one of their own from
 * {@link #start}.
 *
 * @since 0.1
 */
public final class RedisServers {

	private static final RedisSources SOURCES = new RedisSources(Surroundings.ofThisJvm());

	private static final Map<RedisSource, RedisServer> SHARED = new EnumMap<>(RedisSource.class);

	private static final Map<RedisSource, RedisBinary> BINARIES = new EnumMap<>(RedisSource.class);

	// Guards both maps: nobody starts or unpacks a second time.
	private static final ReentrantLock LOCK = new ReentrantLock();

	private RedisServers() {
	}

	/**
	 * The server that all tests of this JVM share. It comes from the first source that
	 * can be had, or from the one that {@code want.redis} names.
	 * @return the server, always the same
	 * @throws IllegalStateException if there is none, or not from the source that is
	 * wanted
	 */
	public static RedisServer shared() {
		return shared(SOURCES.chosen());
	}

	/**
	 * The server of a source that all tests of this JVM share.
	 * @param source where it has to come from, whatever {@code want.redis} says
	 * @return the server, always the same
	 * @throws IllegalStateException if that source cannot be had
	 */
	public static RedisServer shared(RedisSource source) {
		return once(SHARED, source, () -> switch (SOURCES.demand(source)) {
			case URL -> RedisServer.at(source, SOURCES.url().orElseThrow()).announced();
			case DOCKER -> RedisServer.at(source, DockerRedis.start()).announced();
			case PATH, ARTIFACT -> startFrom(source).server();
		});
	}

	/**
	 * Starts a server of a test's own. It comes from the PATH or, if there is none, from
	 * the artifact, or from the one of these that {@code want.redis} names. Data is kept
	 * in memory only, unless configured otherwise.
	 * @param config lines as in {@code redis.conf}, such as {@code "appendonly yes"} or
	 * {@code "user q on >secret ~q:* &* +@all"}
	 * @return the server, to be closed
	 * @throws IllegalStateException if it does not start, with what it said
	 */
	public static RedisProcess start(String... config) {
		return startFrom(SOURCES.chosenBinary(), config);
	}

	/**
	 * Starts a server of a test's own from a source.
	 * @param source the PATH or the artifact, whatever {@code want.redis} says
	 * @param config lines as in {@code redis.conf}
	 * @return the server, to be closed
	 * @throws IllegalStateException if it does not start, with what it said
	 */
	public static RedisProcess startFrom(RedisSource source, String... config) {
		return binary(source).start(List.of(config));
	}

	/**
	 * The programs that a test has to hold on if the version matters: both in CI, else
	 * those that are there. If {@code want.redis} names one, only that.
	 * @return PATH, ARTIFACT or both
	 */
	public static List<RedisSource> binaries() {
		return SOURCES.binaries();
	}

	static RedisSource chosenBinary() {
		return SOURCES.chosenBinary();
	}

	static RedisBinary binary(RedisSource source) {
		if (!source.isBinary()) {
			throw new IllegalArgumentException(
					"The source '%s' gives one shared server, not servers of a test's own".formatted(source));
		}
		return once(BINARIES, SOURCES.demand(source), () -> RedisBinary.of(source,
				(source != RedisSource.PATH) ? EmbeddedRedis.unpack() : SOURCES.program().orElseThrow()));
	}

	private static <T> T once(Map<RedisSource, T> known, RedisSource source, Supplier<T> make) {
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
