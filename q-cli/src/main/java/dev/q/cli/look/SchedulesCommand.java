package dev.q.cli.look;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.view.JsonMap;
import dev.q.admin.view.StoreView;
import dev.q.cli.output.Table;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.schedule.ScheduleDetails;
import picocli.CommandLine.Command;

/**
 * Lists the schedules, unless one of the commands below it is named.
 *
 * @since 0.1
 */
@Command(name = "schedules", description = "List the schedules, or do what the command below says with one of them.")
public final class SchedulesCommand implements Callable<Integer> {

	private final Shell shell;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public SchedulesCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		return this.shell.with((session) -> {
			List<ScheduleDetails> schedules = session.schedules().list();
			session.output()
				.show(new JsonMap().with("schedules", schedules.stream().map(StoreView::of).toList()).map(),
						() -> text(schedules));
			return ExitCode.DONE;
		});
	}

	private static List<String> text(List<ScheduleDetails> schedules) {
		Table table = new Table("NAME", "TRIGGER", "ZONE", "QUEUE", "TYPE", "NEXT", "LAST JOB");
		schedules
			.forEach((schedule) -> table.row(schedule.name(), schedule.trigger(), schedule.zone(), schedule.queue(),
					schedule.type(), schedule.paused() ? "paused" : schedule.nextAt(), schedule.lastJob()));
		return table.lines();
	}

}
