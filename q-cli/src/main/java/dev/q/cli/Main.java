package dev.q.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Terminal;

/**
 * The entry of the process.
 *
 * @since 0.1
 */
public final class Main {

	/** In place of what simplelogger.properties says. */
	private static final Map<String, String> VERBOSE = Map.of("org.slf4j.simpleLogger.defaultLogLevel", "info",
			"org.slf4j.simpleLogger.log.dev.q.store", "info", "org.slf4j.simpleLogger.showShortLogName", "true");

	private static final List<String> RECORDERS = List.of("io.lettuce.core.jfr", "io.netty.jfr.enabled");

	private Main() {
	}

	/**
	 * Runs a command and ends the process: with 0 if it did what was asked, with 1 if it
	 * could not, and with 2 if what was asked makes no sense.
	 * @param args the command and its arguments
	 */
	public static void main(String[] args) {
		if (Arrays.asList(args).contains("--verbose")) {
			// Before the first logger is made.
			VERBOSE.forEach(System::setProperty);
		}
		// The driver of PostgreSQL would log there what is wrong with an address.
		LogManager.getLogManager().reset();
		// From 22 to 24 there is a console also where there is no terminal.
		System.setProperty("jdk.console", "java.base");
		// A tenth of a second at the start, and nobody records a command.
		RECORDERS.stream()
			.filter((recorder) -> System.getProperty(recorder) == null)
			.forEach((recorder) -> System.setProperty(recorder, "false"));
		Charset charset = charset();
		RememberingStream stream = new RememberingStream(new FileOutputStream(FileDescriptor.out));
		PrintWriter out = new PrintWriter(stream, false, charset);
		PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset);
		ShutdownHooks hooks = new ShutdownHooks();
		Terminal terminal = new Terminal(System.in, out, err, System.getenv(), Main::secret, isLive(), hooks);
		int code = new QCommandLine(terminal).run(args);
		out.flush();
		stream.loss().ifPresent((loss) -> err.println("q: " + loss));
		hooks.allIsSaid();
		System.exit(stream.loss().isPresent() ? Math.max(code, ExitCode.FAILED.number()) : code);
	}

	/** A dumb terminal, such as that of an editor, shows escapes as they are. */
	@SuppressWarnings("SystemConsoleNull")
	private static boolean isLive() {
		String kind = System.getenv("TERM");
		return System.console() != null && kind != null && !kind.equals("dumb");
	}

	/** Newer JVMs tell what the terminal can show; on 17 only the locale does. */
	private static Charset charset() {
		String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
		return (name != null && Charset.isSupported(name)) ? Charset.forName(name) : StandardCharsets.UTF_8;
	}

	// Without a terminal there is no console.
	@SuppressWarnings("SystemConsoleNull")
	private static String secret(String question) {
		Console console = System.console();
		char[] secret = (console != null) ? console.readPassword("%s", question) : null;
		return (secret != null) ? new String(secret) : "";
	}

}
