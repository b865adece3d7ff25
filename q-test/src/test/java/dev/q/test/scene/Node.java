package dev.q.test.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.q.test.scene.host.Host;
import dev.q.test.server.Patience;
import dev.q.test.server.ServerRoom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that runs {@link NodeMain}, to be killed, stopped and told to go on.
 */
final class Node implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path folder;

	private final Process process;

	private final Ledger ledger;

	private Node(Path folder, Process process, Ledger ledger) {
		this.folder = folder;
		this.process = process;
		this.ledger = ledger;
	}

	/**
	 * Starts a worker, and waits until it works.
	 * @param host where the jobs are
	 * @param concurrency how many jobs it runs at once
	 * @param lease how long its claims hold
	 */
	static Node start(Host host, int concurrency, Duration lease) throws IOException {
		return start(host, concurrency, lease, List.of());
	}

	/**
	 * Starts a worker that lets nothing be kept of finished jobs, and waits until it
	 * works.
	 * @param host where the jobs are
	 * @param concurrency how many jobs it runs at once
	 * @param lease how long its claims hold
	 */
	static Node startForgetful(Host host, int concurrency, Duration lease) throws IOException {
		return start(host, concurrency, lease, List.of("forgetful"));
	}

	private static Node start(Host host, int concurrency, Duration lease, List<String> rest) throws IOException {
		Path folder = ServerRoom.folder("node");
		Path file = folder.resolve("ledger");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xss256k", "-cp", System.getProperty("java.class.path"),
				NodeMain.class.getName(), host.address(), file.toString(), String.valueOf(concurrency),
				String.valueOf(lease.toMillis()));
		builder.command().addAll(rest);
		builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
		Node node = new Node(folder, ServerRoom.start(builder), new Ledger(file));
		node.await("is ready", Ledger.READY, 1);
		return node;
	}

	Ledger ledger() {
		return this.ledger;
	}

	/**
	 * Waits until something was noted so many times.
	 */
	void await(String what, String kind, int count) {
		try {
			Patience.until("the worker " + what, PATIENCE,
					() -> !this.process.isAlive() || this.ledger.count(kind) >= count);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException(
					"%d of %d times %s. The worker wrote: %s".formatted(this.ledger.count(kind), count, kind, log()),
					ex);
		}
		assertThat(this.process.isAlive()).as("the worker lives. It wrote: %s", log()).isTrue();
	}

	void tell(int... words) throws IOException {
		for (int word : words) {
			this.process.getOutputStream().write(word);
		}
		this.process.getOutputStream().flush();
	}

	/**
	 * Sends SIGKILL, and waits until the process is gone.
	 */
	void kill() {
		this.process.toHandle().destroyForcibly();
		this.process.onExit().join();
	}

	/**
	 * Sends SIGSTOP, and waits until the process stands still.
	 */
	void halt() throws Exception {
		signal("STOP");
		Path state = Path.of("/proc", String.valueOf(this.process.pid()), "status");
		Patience.until("worker stands still", PATIENCE, () -> read(state).contains("State:\tT"));
	}

	/**
	 * Sends SIGCONT.
	 */
	void goOn() throws Exception {
		signal("CONT");
	}

	private void signal(String name) throws Exception {
		Process kill = new ProcessBuilder(List.of("kill", "-" + name, String.valueOf(this.process.pid()))).start();
		if (kill.waitFor() != 0) {
			throw new IllegalStateException("SIG%s could not be sent".formatted(name));
		}
	}

	String log() {
		return read(this.folder.resolve("log"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " cannot be read", ex);
		}
	}

	@Override
	public void close() {
		kill();
		ServerRoom.clear(this.folder);
	}

}
