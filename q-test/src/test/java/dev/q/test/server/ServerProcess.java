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
 */
final class ServerProcess {

	private static final Duration TO_END = Duration.ofSeconds(20);

	private static final int LOG_TAIL = 4_000;

	private final List<String> command;

	private final Path folder;

	private volatile Process process;

	private ServerProcess(List<String> command, Path folder) {
		this.command = List.copyOf(command);
		this.folder = folder;
		this.process = launch();
	}

	static ServerProcess start(List<String> command, Path folder) {
		return new ServerProcess(command, folder);
	}

	Path folder() {
		return this.folder;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * The end of what the program wrote since its first start.
	 */
	String log() {
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
	void stop() {
		this.process.destroy();
		awaitEnd();
	}

	/**
	 * Ends the program, which is not told.
	 */
	void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	void startAgain() {
		if (isAlive()) {
			throw new IllegalStateException("%s still runs".formatted(this.command));
		}
		this.process = launch();
	}

	/**
	 * Waits until the program is gone.
	 * @throws IllegalStateException if it stays
	 */
	void awaitEnd() {
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
			Process started = ServerRoom.start(builder);
			started.getOutputStream().close();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be started".formatted(this.command), ex);
		}
	}

	private Path logFile() {
		return this.folder.resolve("server.log");
	}

}
