package dev.q.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

import dev.q.cli.output.Lines;
import dev.q.cli.session.ExitCode;
import dev.q.cli.store.Secrets;
import dev.q.cli.store.SetupException;
import dev.q.cli.store.StoreOptions;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Makes one line and an exit code of whatever goes wrong.
 */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

	private static final long MEBI = 1024 * 1024;

	private final PrintWriter err;

	private final StoreOptions options;

	Complaints(PrintWriter err, StoreOptions options) {
		this.err = err;
		this.options = options;
	}

	@Override
	public int handleParseException(ParameterException ex, String[] args) {
		say(new TypedArguments(List.of(args)).complaint(ex) + ". See '"
				+ ex.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
		return ExitCode.NOT_UNDERSTOOD.number();
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine commandLine, ParseResult parsed) {
		if (this.options.isVerbose()) {
			StringWriter trace = new StringWriter();
			ex.printStackTrace(new PrintWriter(trace));
			Lines.of(Secrets.hidden(trace.toString())).forEach(this.err::println);
		}
		if (ex instanceof ParameterException usage) {
			return handleParseException(usage, parsed.originalArgs().toArray(String[]::new));
		}
		say(message(ex));
		return (isOfTheAsker(ex) ? ExitCode.NOT_UNDERSTOOD : ExitCode.FAILED).number();
	}

	/** A word that may be a password is not repeated. */
	int ofWordBehindAsking() {
		say("--ask-password takes no value: the password is asked for, and never an argument. Put it last, behind the arguments of the command");
		return ExitCode.NOT_UNDERSTOOD.number();
	}

	/** What was held is let go by now, so that a line can be made. */
	int ofMemory(OutOfMemoryError ex) {
		say("The memory does not suffice (%s). Ask for less at once, such as with a smaller --limit, or give more: JAVA_TOOL_OPTIONS=-Xmx%dm"
			.formatted(ex.getMessage(), 2 * Runtime.getRuntime().maxMemory() / MEBI));
		return ExitCode.FAILED.number();
	}

	private static boolean isOfTheAsker(Exception ex) {
		return ex instanceof SetupException || ex instanceof IllegalArgumentException;
	}

	private static String message(Exception ex) {
		return Optional.ofNullable(ex.getMessage()).orElseGet(() -> ex.getClass().getName());
	}

	/** On one line, whatever a server or a library says. */
	private void say(String text) {
		this.err.println("q: " + Lines.printable(Secrets.hidden(text).strip().replaceAll("\\s*\\R\\s*", " ")));
		this.err.flush();
	}

}
