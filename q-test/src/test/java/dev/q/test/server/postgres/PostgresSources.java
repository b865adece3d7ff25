package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.q.test.server.Surroundings;

/**
 * Decides where servers come from: from the source that was asked for, or else from the
 * first that can be had.
 *
 * @param surroundings where to look
 * @param versions the folder in which Debian keeps a folder for each version
 */
record PostgresSources(Surroundings surroundings, Path versions) {

	static final String WANTED = "want.postgres";

	private static final String URL_PROPERTY = "q.test.postgres.url";

	private static final String URL_VARIABLE = "Q_TEST_POSTGRES_URL";

	private static final String TESTCONTAINERS = "org/testcontainers/postgresql/PostgreSQLContainer.class";

	private static final String PROGRAM = "initdb";

	static PostgresSources ofThisJvm() {
		return new PostgresSources(Surroundings.ofThisJvm(), Path.of("/usr/lib/postgresql"));
	}

	/**
	 * The source of the server that tests share.
	 */
	PostgresSource chosen() {
		return wanted().map(this::demand).orElseGet(() -> firstOf((source) -> true));
	}

	/**
	 * The source of servers that tests kill, configure or replicate. A server from a URL
	 * or a container is none of these, so if such a one is wanted, its tests still get
	 * theirs from programs.
	 */
	PostgresSource chosenBinary() {
		return wanted().filter(PostgresSource::isBinary)
			.map(this::demand)
			.orElseGet(() -> firstOf(PostgresSource::isBinary));
	}

	/**
	 * The programs that a test has to hold on: the oldest and the newest that is
	 * promised, and the machine's.
	 */
	List<PostgresSource> binaries() {
		return wanted().filter(PostgresSource::isBinary).map(List::of).orElseGet(this::allBinaries);
	}

	/**
	 * Makes sure that a source can be used.
	 * @throws IllegalStateException if not, with the reason
	 */
	PostgresSource demand(PostgresSource source) {
		lackOf(source).ifPresent((lack) -> {
			throw new IllegalStateException("No PostgreSQL from the source '%s': %s".formatted(source, lack));
		});
		return source;
	}

	/**
	 * Why a source cannot be used, or nothing if it can.
	 */
	Optional<String> lackOf(PostgresSource source) {
		return switch (source) {
			case URL -> url().isPresent() ? Optional.empty() : Optional
				.of("neither the property %s nor the variable %s is set".formatted(URL_PROPERTY, URL_VARIABLE));
			case DOCKER -> lackOfDocker();
			case PATH -> programs().isPresent() ? Optional.empty()
					: Optional.of("there is no %s on PATH or in %s, install one (Debian: apt-get install postgresql)"
						.formatted(PROGRAM, this.versions));
			case ARTIFACT18, ARTIFACT14 -> EmbeddedPostgres.of(source).lack(this.surroundings);
		};
	}

	Optional<String> url() {
		return this.surroundings.property(URL_PROPERTY).or(() -> this.surroundings.variable(URL_VARIABLE));
	}

	/**
	 * The folder with the machine's {@code initdb} and {@code postgres}. What is on the
	 * PATH can be a link, and the programs look for the rest beside themselves.
	 */
	Optional<Path> programs() {
		Stream<Path> onPath = this.surroundings.onPath(PROGRAM).stream().map(PostgresSources::realFolder);
		return Stream.concat(onPath, folders()).filter(PostgresSources::isComplete).findFirst();
	}

	private Optional<PostgresSource> wanted() {
		return this.surroundings.property(WANTED).map(PostgresSource::named);
	}

	private PostgresSource firstOf(Predicate<PostgresSource> allowed) {
		return Arrays.stream(PostgresSource.values())
			.filter(allowed)
			.filter((source) -> lackOf(source).isEmpty())
			.findFirst()
			.orElseGet(() -> demand(PostgresSource.ARTIFACT18));
	}

	// A machine of CI has them all, or its tests fail.
	private List<PostgresSource> allBinaries() {
		Stream<PostgresSource> path = (programs().isPresent() || this.surroundings.areCi())
				? Stream.of(PostgresSource.PATH) : Stream.empty();
		return Stream.concat(path, Stream.of(PostgresSource.ARTIFACT18, PostgresSource.ARTIFACT14)).toList();
	}

	// The newest first.
	private Stream<Path> folders() {
		if (!Files.isDirectory(this.versions)) {
			return Stream.empty();
		}
		try (Stream<Path> found = Files.list(this.versions)) {
			return found.filter((folder) -> folder.getFileName().toString().matches("\\d+"))
				.sorted(Comparator.comparingInt(PostgresSources::version).reversed())
				.map((folder) -> folder.resolve("bin"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.versions + " cannot be listed", ex);
		}
	}

	private static int version(Path folder) {
		return Integer.parseInt(folder.getFileName().toString());
	}

	private static Path realFolder(Path program) {
		try {
			return program.toRealPath().resolveSibling("");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(program + " leads nowhere", ex);
		}
	}

	private static boolean isComplete(Path folder) {
		return Stream.of(PROGRAM, "postgres").allMatch((program) -> Files.isExecutable(folder.resolve(program)));
	}

	private Optional<String> lackOfDocker() {
		if (!this.surroundings.showDocker()) {
			return Optional
				.of("DOCKER_HOST is not set and there is no socket %s".formatted(this.surroundings.dockerSocket()));
		}
		if (!this.surroundings.bring(TESTCONTAINERS)) {
			return Optional.of("org.testcontainers:testcontainers-postgresql is not among the test dependencies");
		}
		return DockerPostgres.isAvailable() ? Optional.empty()
				: Optional.of("Testcontainers finds no engine that answers");
	}

}
