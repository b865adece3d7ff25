package dev.q.cli.act;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.ScheduleAdmin;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.NotFoundException;
import dev.q.cli.session.Shell;
import dev.q.job.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes a schedule not come, or come again.
 */
@Command
final class SwitchScheduleCommand implements Callable<Integer> {

	private final Shell shell;

	private final Switch wanted;

	@Parameters(paramLabel = "NAME", description = "Which schedule.")
	private String name = "";

	SwitchScheduleCommand(Shell shell, Switch wanted) {
		this.shell = shell;
		this.wanted = wanted;
	}

	@Override
	public Integer call() {
		Names.require("The name of a schedule", this.name);
		return this.shell.with((session, stop) -> {
			boolean isChange = isChange(session.schedules());
			boolean isThere = switch (this.wanted) {
				case PAUSE -> session.schedules().pause(this.name);
				case RESUME -> session.schedules().resume(this.name);
			};
			if (!isThere) {
				throw NotFoundException.ofSchedule(this.name);
			}
			session.output()
				.show(new JsonMap().with("action", this.wanted.action)
					.with("schedule", this.name)
					.with("changed", isChange)
					.map(),
						() -> List.of("Schedule %s %s%s".formatted(this.name, this.wanted.text,
								isChange ? "" : ", as it was before")));
			return ExitCode.DONE;
		});
	}

	private boolean isChange(ScheduleAdmin schedules) {
		return schedules.find(this.name)
			.filter((schedule) -> schedule.paused() != (this.wanted == Switch.PAUSE))
			.isPresent();
	}

	/**
	 * What a schedule is to do.
	 */
	enum Switch {

		PAUSE("pause", "does not come until it is resumed"),

		RESUME("resume", "comes again");

		private final String action;

		private final String text;

		Switch(String action, String text) {
			this.action = action;
			this.text = text;
		}

	}

}
