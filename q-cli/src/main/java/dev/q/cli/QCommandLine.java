package dev.q.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.q.cli.act.ActCommands;
import dev.q.cli.bench.BenchCommand;
import dev.q.cli.complete.CompletionCommand;
import dev.q.cli.enqueue.EnqueueCommand;
import dev.q.cli.look.ExplainCommand;
import dev.q.cli.look.LsCommand;
import dev.q.cli.look.PeekCommand;
import dev.q.cli.look.SchedulesCommand;
import dev.q.cli.look.ShowCommand;
import dev.q.cli.look.ShowScheduleCommand;
import dev.q.cli.look.StatsCommand;
import dev.q.cli.look.WorkersCommand;
import dev.q.cli.migrate.MigrateCommand;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.Shell;
import dev.q.cli.session.Terminal;
import dev.q.cli.store.StoreOptions;
import dev.q.cli.top.TopCommand;
import picocli.CommandLine;

/**
 * All commands, and what becomes of their failures. For use by one thread.
 *
 * @since 0.1
 */
public final class QCommandLine {

	private final CommandLine commands;

	private final Complaints complaints;

	/**
	 * Puts the commands together.
	 * @param terminal the process
	 */
	public QCommandLine(Terminal terminal) {
		StoreOptions store = new StoreOptions();
		OutputOptions output = new OutputOptions(terminal.out(), terminal.err());
		Shell shell = new Shell(terminal, store, output);
		this.complaints = new Complaints(terminal.err(), store);
		CommandLine commands = new CommandLine(new QCommand(store, output)).addSubcommand(new StatsCommand(shell))
			.addSubcommand(new LsCommand(shell))
			.addSubcommand(new ShowCommand(shell))
			.addSubcommand(new PeekCommand(shell))
			.addSubcommand(new ExplainCommand(shell))
			.addSubcommand(new WorkersCommand(shell))
			.addSubcommand(schedules(shell))
			.addSubcommand(new EnqueueCommand(shell))
			.addSubcommand(new MigrateCommand(shell))
			.addSubcommand(new CompletionCommand(output))
			.addSubcommand(new BenchCommand(shell))
			.addSubcommand(new TopCommand(shell));
		this.commands = ActCommands.addTo(commands, shell)
			.setExpandAtFiles(false)
			.setOut(terminal.out())
			.setErr(terminal.err())
			.setCaseInsensitiveEnumValuesAllowed(true)
			.setParameterExceptionHandler(this.complaints)
			.setExecutionExceptionHandler(this.complaints);
	}

	private static CommandLine schedules(Shell shell) {
		CommandLine schedules = new CommandLine(new SchedulesCommand(shell));
		return ActCommands.addToSchedules(schedules.addSubcommand(new ShowScheduleCommand(shell)), shell);
	}

	/**
	 * Runs a command.
	 * @param args the command and its arguments
	 * @return 0 if it did what was asked, 1 if it could not, 2 if what was asked makes no
	 * sense
	 */
	public int run(String... args) {
		if (new TypedArguments(List.of(args)).isWordBehindAsking(names(this.commands))) {
			return this.complaints.ofWordBehindAsking();
		}
		try {
			return this.commands.execute(args);
		}
		catch (OutOfMemoryError ex) {
			return this.complaints.ofMemory(ex);
		}
	}

	/** Of all commands, and of those below them. */
	private static Set<String> names(CommandLine command) {
		Set<String> names = new HashSet<>(command.getSubcommands().keySet());
		command.getSubcommands().values().forEach((each) -> names.addAll(names(each)));
		return names;
	}

}
