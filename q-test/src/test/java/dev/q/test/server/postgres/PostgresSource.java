package dev.q.test.server.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a test server comes from, in the order in which they are tried.
 *
 * @since 0.1
 */
public enum PostgresSource {

	/** A server that runs already, named by {@code q.test.postgres.url}. */
	URL,

	/** A container that Testcontainers starts. */
	DOCKER,

	/** The programs that the machine has, on its PATH or where Debian keeps them. */
	PATH,

	/** The programs that an artifact brings: PostgreSQL 18, the newest promised. */
	ARTIFACT18,

	/** The programs that an artifact brings: PostgreSQL 14, the oldest promised. */
	ARTIFACT14;

	/**
	 * Whether this source gives programs, so that a test can have servers of its own.
	 * @return false for servers that were started elsewhere
	 */
	public boolean isBinary() {
		return this == PATH || isArtifact();
	}

	boolean isArtifact() {
		return this == ARTIFACT18 || this == ARTIFACT14;
	}

	static PostgresSource named(String label) {
		return Arrays.stream(values())
			.filter((source) -> source.toString().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"%s is '%s', but there are only: %s".formatted(PostgresSources.WANTED, label, labels())));
	}

	private static String labels() {
		return Arrays.stream(values()).map(PostgresSource::toString).collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
