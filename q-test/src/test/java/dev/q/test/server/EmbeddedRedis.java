package dev.q.test.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The programs inside the artifact {@code com.github.codemonstur:embedded-redis}. Nothing
 * else of it is used, neither its classes nor its dependencies.
 */
final class EmbeddedRedis {

	// The names do not always tell the version: the first of Linux is 6.2.11.
	private static final Map<String, String> PROGRAMS = Map.of("linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
			"linux-aarch64", "redis-server-6.2.7-linux-arm64", "mac-x86_64", "redis-server-6.2.6-v5-darwin-amd64",
			"mac-aarch64", "redis-server-6.2.6-v5-darwin-arm64");

	private EmbeddedRedis() {
	}

	static Optional<String> lack(Surroundings surroundings) {
		String program = PROGRAMS.get(machine());
		if (program == null) {
			return Optional.of("embedded-redis has no program for %s".formatted(machine()));
		}
		return surroundings.bring(program) ? Optional.empty()
				: Optional.of("com.github.codemonstur:embedded-redis is not among the test dependencies");
	}

	/**
	 * Unpacks the program for this machine.
	 * @return the file, in the folder of this JVM
	 */
	static Path unpack() {
		Path file = ServerRoom.folder("embedded-redis").resolve("redis-server");
		String name = PROGRAMS.getOrDefault(machine(), "none");
		try (InputStream program = EmbeddedRedis.class.getClassLoader().getResourceAsStream(name)) {
			if (program == null) {
				throw new IllegalStateException("embedded-redis has no program for %s".formatted(machine()));
			}
			Files.copy(program, file);
			if (!file.toFile().setExecutable(true)) {
				throw new IllegalStateException("%s cannot be made executable".formatted(file));
			}
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Redis cannot be unpacked to " + file, ex);
		}
	}

	private static String machine() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return (system.startsWith("mac") ? "mac" : system) + "-" + System.getProperty("os.arch");
	}

}
