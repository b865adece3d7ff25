package dev.q.cli.act;

import java.util.concurrent.Callable;

import dev.q.cli.act.SwitchScheduleCommand.Switch;
import dev.q.cli.session.Shell;
import picocli.CommandLine;

/**
 * The commands that change jobs, queues and schedules.
 *
 * @since 0.1
 */
public final class ActCommands {

	private ActCommands() {
	}

	/**
	 * Adds those for jobs and queues.
	 * @param commands the command above them
	 * @param shell opens the store
	 * @return the command above them
	 */
	public static CommandLine addTo(CommandLine commands, Shell shell) {
		commands.addSubcommand("retry", described(new JobsCommand(shell, Verb.RETRY),
				"Bring back jobs that are dead, cancelled or expired, with all their attempts. Needs --yes."));
		commands.addSubcommand("cancel",
				described(new CancelCommand(shell), "End jobs that have not ended, running ones too. Needs --yes."));
		commands.addSubcommand("delete", described(new JobsCommand(shell, Verb.DELETE),
				"Delete jobs, in whatever state. By filter --state must say which. Needs --yes."));
		commands.addSubcommand("hold", described(new JobsCommand(shell, Verb.HOLD),
				"Put waiting jobs on hold until they are released. By filter it needs --yes."));
		commands.addSubcommand("release", described(new JobsCommand(shell, Verb.RELEASE),
				"Make jobs ready that are on hold. By filter it needs --yes."));
		commands.addSubcommand("run-now", described(new JobsCommand(shell, Verb.RUN_NOW),
				"Make jobs ready that wait for their time. By filter it needs --yes."));
		return commands.addSubcommand(new PauseCommand(shell)).addSubcommand(new ResumeCommand(shell));
	}

	/**
	 * Adds those for schedules.
	 * @param schedules the command above them
	 * @param shell opens the store
	 * @return the command above them
	 */
	public static CommandLine addToSchedules(CommandLine schedules, Shell shell) {
		schedules.addSubcommand("pause", described(new SwitchScheduleCommand(shell, Switch.PAUSE),
				"Make a schedule not come until it is resumed."));
		schedules.addSubcommand("resume",
				described(new SwitchScheduleCommand(shell, Switch.RESUME), "Make a schedule come again."));
		return schedules.addSubcommand(new TriggerScheduleCommand(shell))
			.addSubcommand(new RemoveScheduleCommand(shell));
	}

	private static CommandLine described(Callable<Integer> command, String description) {
		CommandLine described = new CommandLine(command);
		described.getCommandSpec().usageMessage().description(description);
		return described;
	}

}
