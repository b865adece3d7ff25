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

	private static final List<String> PREFIX = isRoot() ? proven(NOBODY) : List.of();

	private Unprivileged() {
	}

	static List<String> command(String... words) {
		return Stream.concat(PREFIX.stream(), Stream.of(words)).toList();
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

	private static List<String> proven(List<String> prefix) {
		Path folder = ServerRoom.folder("unshare");
		try {
			ServerProcess.start(Stream.concat(prefix.stream(), Stream.of("echo", "works")).toList(), folder).awaitEnd();
			if (Files.readString(folder.resolve("server.log")).startsWith("works")) {
				return prefix;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No answer of unshare", ex);
		}
		throw new IllegalStateException("PostgreSQL refuses root, and user namespaces are not allowed here. "
				+ "Run the tests as another user, or name a server by q.test.postgres.url");
	}

}
