package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.q.test.server.Patience;
import dev.q.test.server.ReservedPort;
import dev.q.test.server.ServerProcess;
import dev.q.test.server.ServerRoom;

/**
 * A server of a test's own, which can be ended and started again. It listens on this
 * machine only. Calls that change whether it runs must not overlap; the rest may come
 * from any thread.
 *
 * @since 0.1
 */
public final class PostgresProcess implements AutoCloseable {

	private static final Duration TO_BE_READY = Duration.ofMinutes(1);

	// Where postmaster.pid tells the numbers of its shared memory, and how far it is.
	private static final int MEMORY_LINE = 6;

	private static final int STATUS_LINE = 7;

	private static final Set<String> READY = Set.of("ready", "standby");

	private final PostgresServer server;

	private final ServerProcess process;

	private final ReservedPort port;

	PostgresProcess(PostgresServer server, ServerProcess process, ReservedPort port) {
		this.server = server;
		this.process = process;
		this.port = port;
	}

	/**
	 * How to reach it. Stays the same when it is started again.
	 * @return version, source and address
	 */
	public PostgresServer server() {
		return this.server;
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Its address for JDBC.
	 * @return the address
	 */
	public String url() {
		return this.server.url();
	}

	/**
	 * The number of its first process, a new one after each start.
	 * @return the number that signals are sent to
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Whether its first process is there, stopped ones included.
	 * @return false once it has ended
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Where it keeps its log and, in {@code data}, its data and its
	 * {@code postgresql.conf}.
	 * @return a folder of its own
	 */
	public Path folder() {
		return this.process.folder();
	}

	/**
	 * The end of what it logged since its first start.
	 * @return some lines
	 */
	public String log() {
		return this.process.log();
	}

	/**
	 * Ends it in order, by SIGINT, and waits until it is gone. Open transactions are
	 * rolled back, connections ended.
	 */
	public void stop() {
		this.process.stopBy("INT");
	}

	/**
	 * Ends all its processes at once by SIGKILL, of which they learn nothing, and waits
	 * until they are gone.
	 */
	public void kill() {
		this.process.killAll();
	}

	/**
	 * Starts it after its end, on the same port and with the same data, and waits until
	 * it is ready.
	 * @throws IllegalStateException if it runs, or does not start
	 */
	public void start() {
		this.process.startAgain();
		if (!awaitReady()) {
			throw new IllegalStateException("Somebody took the port of " + this.server);
		}
	}

	/**
	 * Ends it in order if it runs, and starts it again. What {@code ALTER SYSTEM} changed
	 * holds from then on.
	 */
	public void restart() {
		if (isAlive()) {
			stop();
		}
		start();
	}

	/**
	 * Waits until it takes connections.
	 * @return whether it got its port
	 * @throws IllegalStateException if it ended for another reason or takes none
	 */
	boolean awaitReady() {
		Patience.until(this.server + " is ready", TO_BE_READY, () -> !isAlive() || isReady());
		if (isAlive()) {
			return true;
		}
		if (log().contains("Address already in use")) {
			return false;
		}
		throw new IllegalStateException("%s ended at once:\n%s".formatted(this.server, log()));
	}

	// They can still be those of a server which was killed.
	private boolean isReady() {
		List<String> facts = facts();
		return facts.size() > STATUS_LINE && facts.get(0).equals(Long.toString(pid()))
				&& READY.contains(facts.get(STATUS_LINE).strip());
	}

	private List<String> facts() {
		try {
			return Files.readAllLines(folder().resolve("data").resolve("postmaster.pid"));
		}
		catch (NoSuchFileException ex) {
			// Not started yet, or ended in order.
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The state of %s is not known".formatted(this.server), ex);
		}
	}

	// Who is killed leaves memory behind, of which a system has only so many pieces. His
	// successor would free it, but there will be none.
	private void freeMemory() {
		List<String> facts = facts();
		if (facts.size() > MEMORY_LINE) {
			String keyAndNumber = facts.get(MEMORY_LINE).strip();
			String number = keyAndNumber.substring(keyAndNumber.lastIndexOf(' ') + 1);
			ServerProcess.start(List.of("ipcrm", "-m", number), folder()).awaitEnd();
		}
	}

	/**
	 * Ends it for good, at once, and deletes what it kept.
	 */
	@Override
	public void close() {
		if (isAlive()) {
			this.process.stopBy(PostgresBinary.AT_ONCE);
		}
		freeMemory();
		this.port.close();
		ServerRoom.clear(folder());
	}

}
