package dev.q.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in its folder and writes its log there. It can be ended and started
 * again. Whoever does so waits for it, so calls must not overlap; questions may come from
 * any thread.
 *
 * @since 0.1
 */
public final class ServerProcess {

	private static final Duration TO_END = Duration.ofSeconds(20);

	private static final int LOG_TAIL = 4_000;

	private final List<String> command;

	private final Path folder;

	private final String lastSignal;

	private volatile Process process;

	private ServerProcess(List<String> command, Path folder, String lastSignal) {
		this.command = List.copyOf(command);
		this.folder = folder;
		this.lastSignal = lastSignal;
		this.process = launch();
	}

	/**
	 * Starts a program, which is killed at the latest when this JVM ends.
	 * @param command the program and its arguments
	 * @param folder where it runs and logs
	 * @return the running program
	 */
	public static ServerProcess start(List<String> command, Path folder) {
		return new ServerProcess(command, folder, "KILL");
	}

	/**
	 * Starts a program, which gets a signal at the latest when this JVM ends.
	 * @param command the program and its arguments
	 * @param folder where it runs and logs
	 * @param signal the name of the signal, such as {@code QUIT}
	 * @return the running program
	 */
	public static ServerProcess startEndedBy(List<String> command, Path folder, String signal) {
		return new ServerProcess(command, folder, signal);
	}

	/**
	 * Where it runs and logs.
	 * @return the folder
	 */
	public Path folder() {
		return this.folder;
	}

	/**
	 * The number of its process, a new one after each start.
	 * @return the number that signals are sent to
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Whether its process is there, stopped ones included.
	 * @return false once it has ended
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * The end of what the program wrote since its first start.
	 * @return some lines
	 */
	public String log() {
		try {
			String text = Files.readString(logFile(), StandardCharsets.UTF_8);
			return text.substring(Math.max(0, text.length() - LOG_TAIL));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No log of " + this.command, ex);
		}
	}

	/**
	 * Asks the program to end.
	 * @throws IllegalStateException if it does not
	 */
	public void stop() {
		this.process.destroy();
		awaitEnd();
	}

	/**
	 * Asks the program to end by another signal than SIGTERM.
	 * @param signal the name of the signal, such as {@code INT}
	 * @throws IllegalStateException if it does not
	 */
	public void stopBy(String signal) {
		ServerRoom.signal(signal, this.process);
		awaitEnd();
	}

	/**
	 * Ends the program, which is not told.
	 */
	public void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/**
	 * Ends the program and all that it started at once, which are not told.
	 */
	public void killAll() {
		// Who stands still starts nobody else.
		ServerRoom.signal("STOP", this.process);
		Patience.until("%s stands still".formatted(this.command), TO_END, () -> !"RSD".contains(state(pid())));
		List<ProcessHandle> started = this.process.descendants().toList();
		this.process.destroyForcibly();
		started.forEach(ProcessHandle::destroyForcibly);
		awaitEnd();
		// Nobody may care for orphans that have ended: then they stay as zombies.
		Patience.until("all of %s end".formatted(this.command), TO_END,
				() -> started.stream().allMatch((child) -> !child.isAlive() || "Z".equals(state(child.pid()))));
	}

	/**
	 * Starts the program again.
	 * @throws IllegalStateException if it still runs
	 */
	public void startAgain() {
		if (isAlive()) {
			throw new IllegalStateException("%s still runs".formatted(this.command));
		}
		this.process = launch();
	}

	/**
	 * Waits until the program is gone.
	 * @throws IllegalStateException if it stays
	 */
	public void awaitEnd() {
		try {
			if (!this.process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("%s did not end within %s:\n%s".formatted(this.command, TO_END, log()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while %s ended".formatted(this.command), ex);
		}
	}

	private Process launch() {
		ProcessBuilder builder = new ProcessBuilder(this.command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(Redirect.appendTo(logFile().toFile()));
		try {
			Process started = ServerRoom.start(builder, this.lastSignal);
			started.getOutputStream().close();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be started".formatted(this.command), ex);
		}
	}

	// One letter, as the system tells it, or nothing where it tells none.
	private static String state(long pid) {
		try {
			String facts = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			int name = facts.lastIndexOf(')');
			return facts.substring(name + 2, name + 3);
		}
		catch (IOException ex) {
			return "?";
		}
	}

	private Path logFile() {
		return this.folder.resolve("server.log");
	}

}
