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
import java.util.function.Consumer;
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
			for pid in "$1"/pids/*; do kill -KILL "${pid##*/}"; done
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
		return start(builder, Process::destroyForcibly);
	}

	/**
	 * Starts a process that ends with this JVM, in its own way.
	 * @param builder what to start
	 * @param ending how to end it when this JVM ends in order; if that does not help, it
	 * is killed
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static Process start(ProcessBuilder builder, Consumer<Process> ending) throws IOException {
		if (!WATCHMAN.isAlive()) {
			throw new IOException("The watchman over the test servers of this JVM is gone");
		}
		Process process = builder.start();
		Path pid = Files.createFile(pids().resolve(Long.toString(process.pid())));
		// A number without a process could become another's, whom the watchman must not
		// kill.
		PROCESSES.put(process, new Guest(ending, process.onExit().thenAccept((ended) -> delete(pid))));
		return process;
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
		PROCESSES.forEach((process, guest) -> guest.ending().accept(process));
		PROCESSES.keySet().forEach(ServerRoom::awaitEnd);
	}

	private static void awaitEnd(Process process) {
		process.onExit()
			.completeOnTimeout(process, TO_END.toMillis(), TimeUnit.MILLISECONDS)
			.thenCompose((ended) -> ended.destroyForcibly().onExit())
			.join();
	}

	/**
	 * @param ending how it wants to be ended
	 * @param farewell what is done when it has ended
	 */
	private record Guest(Consumer<Process> ending, Future<?> farewell) {

	}

}
