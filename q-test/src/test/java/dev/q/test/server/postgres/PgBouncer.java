package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.q.test.server.Patience;
import dev.q.test.server.ReservedPort;
import dev.q.test.server.ServerProcess;
import dev.q.test.server.ServerRoom;
import dev.q.test.server.Surroundings;
import org.opentest4j.TestAbortedException;

/**
 * A PgBouncer of a test's own in front of a server. It lends a connection for one
 * transaction, unless told otherwise. All databases of the server can be reached through
 * it, but no address that names a schema: it refuses what a connection would have to
 * remember.
 *
 * @since 0.1
 */
public final class PgBouncer implements AutoCloseable {

	private static final Duration TO_BE_READY = Duration.ofSeconds(20);

	private static final String PROGRAM = "pgbouncer";

	// Debian's folder for servers is not on the PATH of everybody.
	private static final Path SERVERS = Path.of("/usr/sbin");

	private static final Map<String, String> USUAL = Map.of("auth_type", "trust", "pool_mode", "transaction",
			"max_client_conn", "500", "unix_socket_dir", "", "server_login_retry", "1", "ignore_startup_parameters",
			"extra_float_digits");

	private static final int PORTS_TO_TRY = 20;

	private final PostgresServer server;

	private final ServerProcess process;

	private final ReservedPort port;

	private PgBouncer(PostgresServer server, ServerProcess process, ReservedPort port) {
		this.server = server;
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts one in front of a server. Without the program the test is skipped, but in CI
	 * it fails.
	 * @param behind the server
	 * @return the PgBouncer, to be closed
	 */
	public static PgBouncer over(PostgresServer behind) {
		return over(behind, Map.of());
	}

	/**
	 * Starts one in front of a server, with settings.
	 * @param behind the server
	 * @param settings as in {@code pgbouncer.ini}, such as {@code default_pool_size}
	 * @return the PgBouncer, to be closed
	 * @see #over(PostgresServer)
	 */
	public static PgBouncer over(PostgresServer behind, Map<String, String> settings) {
		Path program = demand(Surroundings.ofThisJvm(), SERVERS);
		for (int tries = 0; tries < PORTS_TO_TRY; tries++) {
			PgBouncer bouncer = launch(program, behind, settings);
			if (bouncer.awaitReady()) {
				return bouncer;
			}
			bouncer.close();
		}
		throw new IllegalStateException(
				"%d free ports were taken before PgBouncer could listen".formatted(PORTS_TO_TRY));
	}

	static Path demand(Surroundings surroundings, Path servers) {
		return surroundings.onPath(PROGRAM)
			.or(() -> Optional.of(servers.resolve(PROGRAM)).filter(Files::isExecutable))
			.orElseThrow(() -> missing(surroundings));
	}

	private static RuntimeException missing(Surroundings surroundings) {
		String lack = "There is no %s on PATH, install one (Debian: apt-get install %s)".formatted(PROGRAM, PROGRAM);
		return surroundings.areCi() ? new IllegalStateException(lack) : new TestAbortedException(lack);
	}

	private static PgBouncer launch(Path program, PostgresServer behind, Map<String, String> settings) {
		ReservedPort port = ReservedPort.next();
		Path folder = ServerRoom.folder("pgbouncer-" + port.number());
		Path file = folder.resolve("pgbouncer.ini");
		Map<String, String> all = new TreeMap<>(USUAL);
		all.putAll(Map.of("listen_addr", "127.0.0.1", "listen_port", Integer.toString(port.number()), "auth_file",
				folder.resolve("users.txt").toString()));
		all.putAll(settings);
		Stream<String> lines = Stream.concat(
				Stream.of("[databases]", "* = host=%s port=%d".formatted(behind.host(), behind.port()), "[pgbouncer]"),
				all.entrySet().stream().map((setting) -> setting.getKey() + " = " + setting.getValue()));
		try {
			Files.write(file, lines.toList(), StandardCharsets.UTF_8);
			Files.writeString(folder.resolve("users.txt"),
					"\"%s\" \"%s\"\n".formatted(behind.user(), behind.password()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " cannot be written", ex);
		}
		List<String> command = Unprivileged.command(program.toString(), file.toString());
		return new PgBouncer(behind.at("127.0.0.1", port.number()), ServerProcess.start(command, folder), port);
	}

	/**
	 * The server as it is reached through this PgBouncer.
	 * @return the server at another address
	 */
	public PostgresServer server() {
		return this.server;
	}

	/**
	 * The address for JDBC, with the database that the server's own address names.
	 * @return the address
	 */
	public String url() {
		return this.server.url();
	}

	/**
	 * The end of what it logged.
	 * @return some lines
	 */
	public String log() {
		return this.process.log();
	}

	private boolean awaitReady() {
		Patience.until("PgBouncer listens", TO_BE_READY, () -> !this.process.isAlive() || log().contains("process up"));
		if (this.process.isAlive()) {
			return true;
		}
		if (log().contains("Address already in use")) {
			return false;
		}
		throw new IllegalStateException("PgBouncer ended at once:\n%s".formatted(log()));
	}

	/**
	 * Ends it at once.
	 */
	@Override
	public void close() {
		this.process.kill();
		this.port.close();
		ServerRoom.clear(this.process.folder());
	}

	@Override
	public String toString() {
		return "PgBouncer on port %d before %s".formatted(this.port.number(), this.server);
	}

}
