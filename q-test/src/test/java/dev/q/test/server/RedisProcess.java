package dev.q.test.server;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A server of a test's own, which can be ended and started again. It listens on this
 * machine only. Calls that change whether it runs must not overlap; the rest may come
 * from any thread.
 *
 * @since 0.1
 */
public final class RedisProcess implements AutoCloseable {

	private static final Duration TO_BE_READY = Duration.ofMinutes(1);

	// Somebody answers, only not to this user.
	private static final Set<String> NOT_FOR_ALL = Set.of("NOAUTH", "NOPERM");

	private final RedisServer server;

	private final ServerProcess process;

	private final ReservedPort port;

	RedisProcess(RedisServer server, ServerProcess process, ReservedPort port) {
		this.server = server;
		this.process = process;
		this.port = port;
	}

	/**
	 * How to reach it. Stays the same when it is started again.
	 * @return version, source and address
	 */
	public RedisServer server() {
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
	 * The address as clients want it.
	 * @return a URL of the scheme {@code redis}
	 */
	public String url() {
		return this.server.url();
	}

	/**
	 * Sends one command over a connection of its own.
	 * @param words the command and its arguments
	 * @return the reply
	 * @throws UncheckedIOException if it does not run
	 * @throws RedisErrorReply if it refuses
	 * @see RedisConnection#call
	 */
	public @Nullable Object command(String... words) {
		return this.server.command(words);
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
	 * Where it keeps its data and its {@code redis.conf}.
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
	 * Ends it in order, by SIGTERM, and waits until it is gone.
	 */
	public void stop() {
		this.process.stop();
	}

	/**
	 * Ends it by SIGKILL, of which it learns nothing, and waits until it is gone. So does
	 * who writes a snapshot for it, and would go on doing so.
	 */
	public void kill() {
		this.process.killAll();
	}

	/**
	 * Starts it on the same port, in the same folder, by the same file of configuration,
	 * and waits until its data is loaded. Ends it in order first if it runs. What
	 * {@code CONFIG SET} changed is lost, unless {@code CONFIG REWRITE} kept it.
	 */
	public void restart() {
		if (isAlive()) {
			stop();
		}
		this.process.startAgain();
		if (!awaitReady()) {
			throw new IllegalStateException("Somebody took the port of " + this.server);
		}
	}

	/**
	 * Waits until it answers.
	 * @return whether it got its port
	 * @throws IllegalStateException if it ended for another reason or does not answer
	 */
	boolean awaitReady() {
		Patience.until(this.server + " answers", TO_BE_READY, () -> !isAlive() || answers());
		if (isAlive()) {
			return true;
		}
		if (log().contains("Address already in use")) {
			return false;
		}
		throw new IllegalStateException("%s ended at once:\n%s".formatted(this.server, log()));
	}

	// Until it is known that this process has the port, the answer can be another's.
	private boolean answers() {
		try (RedisConnection connection = this.server.connect()) {
			connection.call("PING");
			String facts = String.valueOf(connection.call("INFO", "server"));
			return RedisServer.facts(facts).getOrDefault("process_id", "").equals(Long.toString(pid()));
		}
		catch (RedisErrorReply ex) {
			return NOT_FOR_ALL.contains(ex.code());
		}
		catch (UncheckedIOException ex) {
			// Not yet.
			return false;
		}
	}

	/**
	 * Ends it for good and deletes what it kept.
	 */
	@Override
	public void close() {
		kill();
		this.port.close();
		ServerRoom.clear(folder());
	}

}
