package dev.q.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.q.sample.scan.ScanFailedException;
import dev.q.sample.scan.ScanReport;
import dev.q.sample.scan.Scans;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What {@code --scan=DIR} asks for: start without a web server, scan the directory, print
 * the report and end. With {@code --json} the report is one line.
 */
final class ScanCommand {

	static final int SUCCEEDED = 0;

	static final int FAILED = 1;

	static final int MISUSED = 2;

	private static final String SCAN = "scan";

	private static final String JSON = "json";

	private final ApplicationArguments arguments;

	private final Terminal terminal;

	ScanCommand(ApplicationArguments arguments, Terminal terminal) {
		this.arguments = arguments;
		this.terminal = terminal;
	}

	static boolean isMeantBy(ApplicationArguments arguments) {
		return arguments.containsOption(SCAN);
	}

	/**
	 * Runs to the end.
	 * @return the exit code of the process
	 */
	int run() {
		try {
			return scan(root());
		}
		catch (UsageException ex) {
			this.terminal.err().println(ex.getMessage());
			return MISUSED;
		}
		catch (ScanFailedException ex) {
			this.terminal.err().println("The scan failed. " + ex.getMessage());
			return FAILED;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return FAILED;
		}
	}

	private Path root() {
		List<String> values = Objects.requireNonNullElse(this.arguments.getOptionValues(SCAN), List.of());
		if (values.size() != 1 || values.get(0).isEmpty()) {
			throw new UsageException("--scan takes one directory, as in --scan=src, but was given "
					+ (String.join("", values).isEmpty() ? "none" : values));
		}
		try {
			Path root = Path.of(values.get(0)).toRealPath();
			if (Files.isDirectory(root)) {
				return root;
			}
		}
		catch (InvalidPathException | IOException ex) {
			throw new UsageException("--scan=%s: there is no such directory (%s)"
				.formatted(Terminal.printable(values.get(0)), ex.getClass().getSimpleName()));
		}
		throw new UsageException("--scan=%s: this is not a directory".formatted(Terminal.printable(values.get(0))));
	}

	private int scan(Path root) throws InterruptedException {
		SpringApplicationBuilder application = new SpringApplicationBuilder(SampleApplication.class)
			.web(WebApplicationType.NONE)
			.profiles(SCAN)
			.logStartupInfo(false);
		try (ConfigurableApplicationContext context = application.run(this.arguments.getSourceArgs())) {
			ProgressBar bar = new ProgressBar(this.terminal);
			ScanReport report = context.getBean(Scans.class).scan(root, bar::show);
			bar.end();
			this.terminal.out().println(text(report, context));
		}
		return SUCCEEDED;
	}

	private String text(ScanReport report, ConfigurableApplicationContext context) {
		return this.arguments.containsOption(JSON) ? context.getBean(JsonMapper.class).writeValueAsString(report)
				: ReportText.of(report);
	}

	/**
	 * The command cannot be understood.
	 */
	private static final class UsageException extends RuntimeException {

		private UsageException(String message) {
			super(message);
		}

	}

}
