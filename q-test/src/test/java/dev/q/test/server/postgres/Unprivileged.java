package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.q.test.server.ServerProcess;
import dev.q.test.server.ServerRoom;

/**
 * Runs programs that refuse root as nobody, if this JVM belongs to root. Its files stay
 * within reach, because only the name that a user has within the namespace changes.
 */
final class Unprivileged {

	private static final List<String> NOBODY = List.of("unshare", "-U");

	private static final List<String> PREFIX = isRoot() ? NOBODY : List.of();

	private static final String LACK = "PostgreSQL refuses root, and 'unshare -U' gives no user namespace here. "
			+ "Run the tests as another user, or name a server by q.test.postgres.url";

	private Unprivileged() {
	}

	static List<String> command(String... words) {
		return Stream.concat(PREFIX.stream(), Stream.of(words)).toList();
	}

	/**
	 * Makes sure that programs can be started in this way.
	 * @throws IllegalStateException if not, with the reason
	 */
	static void prove() {
		Path folder = ServerRoom.folder("nobody");
		String answer;
		try {
			ServerProcess process = ServerProcess.start(command("echo", "works"), folder);
			process.awaitEnd();
			answer = process.log();
		}
		catch (UncheckedIOException ex) {
			throw new IllegalStateException(LACK, ex);
		}
		if (!answer.startsWith("works")) {
			throw new IllegalStateException("%s: %s".formatted(LACK, answer));
		}
	}

	private static boolean isRoot() {
		Path mine = ServerRoom.folder("whose");
		try {
			return Integer.valueOf(0).equals(Files.getAttribute(mine, "unix:uid"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The owner of %s is not known".formatted(mine), ex);
		}
	}

}
