package dev.q.test.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a test server comes from, in the order in which they are tried.
 *
 * @since 0.1
 */
public enum RedisSource {

	/** A server that runs already, named by {@code q.test.redis.url}. */
	URL,

	/** A container that Testcontainers starts. */
	DOCKER,

	/** The {@code redis-server} that the machine has on its PATH. */
	PATH,

	/** The program that the artifact {@code embedded-redis} brings: Redis 6.2. */
	ARTIFACT;

	/**
	 * Whether this source gives a program, so that a test can have servers of its own.
	 * @return false for servers that were started elsewhere
	 */
	public boolean isBinary() {
		return this == PATH || this == ARTIFACT;
	}

	static RedisSource named(String label) {
		return Arrays.stream(values())
			.filter((source) -> source.toString().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"%s is '%s', but there are only: %s".formatted(RedisSources.WANTED, label, labels())));
	}

	private static String labels() {
		return Arrays.stream(values()).map(RedisSource::toString).collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
