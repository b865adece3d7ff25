package dev.q.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder and the processes of all servers that this JVM started. None outlives it: a
 * shutdown hook ends them, and if the JVM is killed, a watchman does. He is a shell that
 * reads from this JVM until there is nobody left to write.
 *
 * @since 0.1
 */
public final class ServerRoom {

	// He stays until the end, although an interrupt from the terminal reaches him too.
	private static final String WATCH = """
			trap '' HUP INT TERM
			while read -r line; do :; done
			for pid in "$1"/pids/*; do
				[ -f "$pid" ] || continue
				read -r signal < "$pid"
				kill -s "$signal" "${pid##*/}"
				[ "$signal" = KILL ] || late=1
			done
			if [ "$late" ]; then
				sleep 1
				for pid in "$1"/pids/*; do kill -s KILL "${pid##*/}"; done
			fi
			rm -rf "$1"
			""";

	private static final Duration TO_END = Duration.ofSeconds(10);

	private static final Map<Process, Guest> PROCESSES = new ConcurrentHashMap<>();

	private static final Path ROOT = open();

	// Kept, so that what he reads from stays open.
	private static final Process WATCHMAN = post();

	private ServerRoom() {
	}

	/**
	 * Makes a folder.
	 * @param name what its name begins with
	 * @return the folder, new and empty
	 */
	public static Path folder(String name) {
		try {
			return Files.createTempDirectory(ROOT, name + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No folder for " + name, ex);
		}
	}

	/**
	 * Starts a process that ends with this JVM.
	 * @param builder what to start
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static Process start(ProcessBuilder builder) throws IOException {
		return start(builder, "KILL");
	}

	/**
	 * Starts a process that ends with this JVM, in its own way.
	 * @param builder what to start
	 * @param signal the name of the signal that ends it, such as {@code QUIT}; if that
	 * does not help, it is killed
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static Process start(ProcessBuilder builder, String signal) throws IOException {
		if (!WATCHMAN.isAlive()) {
			throw new IOException("The watchman over the test servers of this JVM is gone");
		}
		Process process = builder.start();
		Path pid = Files.writeString(pids().resolve(Long.toString(process.pid())), signal + "\n");
		// A number without a process could become another's, whom the watchman must not
		// kill.
		PROCESSES.put(process, new Guest(signal, process.onExit().thenAccept((ended) -> delete(pid))));
		return process;
	}

	/**
	 * Sends a signal. If the process is gone, there is nobody to be told.
	 * @param signal its name, such as {@code QUIT}
	 * @param process the process
	 */
	static void signal(String signal, Process process) {
		List<String> kill = List.of("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid()));
		try {
			new ProcessBuilder(kill).redirectError(Redirect.DISCARD).start().onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("SIG%s cannot be sent".formatted(signal), ex);
		}
	}

	/**
	 * Deletes a folder with all it holds.
	 * @param folder the folder
	 */
	public static void clear(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach(ServerRoom::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(folder + " cannot be deleted", ex);
		}
	}

	private static Path pids() {
		return ROOT.resolve("pids");
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " cannot be deleted", ex);
		}
	}

	private static Path open() {
		try {
			Path root = Files.createTempDirectory("q-test-servers-");
			Files.createDirectory(root.resolve("pids"));
			Runtime.getRuntime().addShutdownHook(new Thread(ServerRoom::close, "q-test-servers"));
			return root;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No folder for test servers", ex);
		}
	}

	private static Process post() {
		try {
			return new ProcessBuilder(List.of("sh", "-c", WATCH, "q-test-watchman", ROOT.toString()))
				.redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Nobody would end the test servers if this JVM is killed", ex);
		}
	}

	private static void close() {
		PROCESSES.forEach((process, guest) -> signal(guest.signal(), process));
		PROCESSES.keySet().forEach(ServerRoom::awaitEnd);
	}

	private static void awaitEnd(Process process) {
		process.onExit()
			.completeOnTimeout(process, TO_END.toMillis(), TimeUnit.MILLISECONDS)
			.thenCompose((ended) -> ended.destroyForcibly().onExit())
			.join();
	}

	/**
	 * @param signal what ends it
	 * @param farewell what is done when it has ended
	 */
	private record Guest(String signal, Future<?> farewell) {

	}

}
