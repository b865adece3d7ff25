package dev.q.test.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides where servers come from: from the source that was asked for, or else from the
 * first that can be had.
 *
 * @param surroundings where to look
 */
record RedisSources(Surroundings surroundings) {

	static final String WANTED = "want.redis";

	private static final String URL_PROPERTY = "q.test.redis.url";

	private static final String URL_VARIABLE = "Q_TEST_REDIS_URL";

	private static final String TESTCONTAINERS = "org/testcontainers/DockerClientFactory.class";

	private static final String PROGRAM = "redis-server";

	/**
	 * The source of the server that tests share.
	 */
	RedisSource chosen() {
		return wanted().map(this::demand).orElseGet(() -> firstOf((source) -> true));
	}

	/**
	 * The source of servers that tests kill, cluster or replicate. A server from a URL or
	 * a container is none of these, so if such a one is wanted, its tests still get
	 * theirs from a program.
	 */
	RedisSource chosenBinary() {
		return wanted().filter(RedisSource::isBinary).map(this::demand).orElseGet(() -> firstOf(RedisSource::isBinary));
	}

	/**
	 * The programs that a test has to hold on.
	 */
	List<RedisSource> binaries() {
		return wanted().filter(RedisSource::isBinary).map(List::of).orElseGet(this::allBinaries);
	}

	/**
	 * Makes sure that a source can be used.
	 * @throws IllegalStateException if not, with the reason
	 */
	RedisSource demand(RedisSource source) {
		lackOf(source).ifPresent((lack) -> {
			throw new IllegalStateException("No Redis from the source '%s': %s".formatted(source, lack));
		});
		return source;
	}

	/**
	 * Why a source cannot be used, or nothing if it can.
	 */
	Optional<String> lackOf(RedisSource source) {
		return switch (source) {
			case URL -> url().isPresent() ? Optional.empty() : Optional
				.of("neither the property %s nor the variable %s is set".formatted(URL_PROPERTY, URL_VARIABLE));
			case DOCKER -> lackOfDocker();
			case PATH -> program().isPresent() ? Optional.empty() : Optional
				.of("there is no %s on PATH, install one (Debian: apt-get install %s)".formatted(PROGRAM, PROGRAM));
			case ARTIFACT -> EmbeddedRedis.lack(this.surroundings);
		};
	}

	Optional<URI> url() {
		return this.surroundings.property(URL_PROPERTY)
			.or(() -> this.surroundings.variable(URL_VARIABLE))
			.map(URI::create);
	}

	Optional<Path> program() {
		return this.surroundings.onPath(PROGRAM);
	}

	private Optional<RedisSource> wanted() {
		return this.surroundings.property(WANTED).map(RedisSource::named);
	}

	private RedisSource firstOf(Predicate<RedisSource> allowed) {
		return Arrays.stream(RedisSource.values())
			.filter(allowed)
			.filter((source) -> lackOf(source).isEmpty())
			.findFirst()
			.orElseGet(() -> demand(RedisSource.ARTIFACT));
	}

	// A machine of CI has both, or its tests fail.
	private List<RedisSource> allBinaries() {
		Stream<RedisSource> path = (program().isPresent() || this.surroundings.areCi()) ? Stream.of(RedisSource.PATH)
				: Stream.empty();
		return Stream.concat(path, Stream.of(RedisSource.ARTIFACT)).toList();
	}

	private Optional<String> lackOfDocker() {
		if (!this.surroundings.showDocker()) {
			return Optional
				.of("DOCKER_HOST is not set and there is no socket %s".formatted(this.surroundings.dockerSocket()));
		}
		if (!this.surroundings.bring(TESTCONTAINERS)) {
			return Optional.of("org.testcontainers:testcontainers is not among the test dependencies");
		}
		return DockerRedis.isAvailable() ? Optional.empty()
				: Optional.of("Testcontainers finds no engine that answers");
	}

}
