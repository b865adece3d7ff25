package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.q.test.server.ReservedPort;
import dev.q.test.server.ServerProcess;
import dev.q.test.server.ServerRoom;

/**
 * Programs that can be started as often as a test likes. Each server begins with a copy
 * of the same empty data.
 *
 * @param source where they come from
 * @param folder the folder of the programs
 * @param version what they say they are
 * @param template the empty data
 */
record PostgresBinary(PostgresSource source, Path folder, String version, Path template) {

	/**
	 * Ends a server without a checkpoint, but with what it holds of the system given
	 * back.
	 */
	static final String AT_ONCE = "QUIT";

	static final String USER = "q";

	private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");

	private static final String STANDBY = "standby.signal";

	private static final int PORTS_TO_TRY = 20;

	static PostgresBinary of(PostgresSource source, Path folder) {
		Unprivileged.prove();
		String initdb = folder.resolve("initdb").toString();
		String output = run("version-of-" + source, initdb, "--version");
		Matcher version = VERSION.matcher(output);
		if (!version.find()) {
			throw new IllegalStateException(
					"%s from the source '%s' is no PostgreSQL that runs here: %s".formatted(initdb, source, output));
		}
		return new PostgresBinary(source, folder, version.group(1), template(source, initdb));
	}

	private static Path template(PostgresSource source, String initdb) {
		Path data = ServerRoom.folder("template-of-" + source).resolve("data");
		String output = run("initdb-of-" + source, initdb, "-D", data.toString(), "-U", USER, "--auth=trust",
				"--encoding=UTF8", "--locale=C", "--no-sync");
		if (!Files.exists(data.resolve("global").resolve("pg_control"))) {
			throw new IllegalStateException("%s made no data: %s".formatted(initdb, output));
		}
		return data;
	}

	private static String run(String name, String... command) {
		ServerProcess process = ServerProcess.start(Unprivileged.command(command), ServerRoom.folder(name));
		process.awaitEnd();
		return process.log();
	}

	PostgresProcess start(PostgresSettings settings) {
		return start(settings, List.of());
	}

	/**
	 * Starts a server that follows another one of these programs, from its beginning on.
	 */
	PostgresProcess startReplica(PostgresSettings settings) {
		return start(settings, List.of(STANDBY));
	}

	// A port that was free a moment ago can be taken by a program that reserves none.
	private PostgresProcess start(PostgresSettings settings, List<String> signals) {
		for (int tries = 0; tries < PORTS_TO_TRY; tries++) {
			PostgresProcess process = launch(settings, signals);
			if (isReady(process)) {
				process.server().announced();
				return process;
			}
		}
		throw new IllegalStateException(
				"%d free ports were taken before PostgreSQL could listen".formatted(PORTS_TO_TRY));
	}

	// What is not ready leaves nothing.
	private static boolean isReady(PostgresProcess process) {
		boolean ready = false;
		try {
			ready = process.awaitReady();
			return ready;
		}
		finally {
			if (!ready) {
				process.close();
			}
		}
	}

	private PostgresProcess launch(PostgresSettings settings, List<String> signals) {
		ReservedPort port = ReservedPort.next();
		Path home = ServerRoom.folder("postgres-" + port.number());
		Path data = home.resolve("data");
		try {
			copy(this.template, data);
			Files.write(data.resolve("postgresql.conf"), settings.with("port", Integer.toString(port.number())).lines(),
					StandardCharsets.UTF_8, StandardOpenOption.APPEND);
			for (String signal : signals) {
				Files.createFile(data.resolve(signal));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No data in " + data, ex);
		}
		List<String> command = Unprivileged.command(this.folder.resolve("postgres").toString(), "-D", data.toString());
		PostgresServer server = new PostgresServer(this.source, this.version,
				"jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port.number()), USER, USER);
		return new PostgresProcess(server, ServerProcess.startEndedBy(command, home, AT_ONCE), port);
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				// Servers want to be the only ones that may look into their folders.
				Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
	}

}
