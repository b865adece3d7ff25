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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Deletes a schedule.
 */
@Command(name = "remove", description = "Delete a schedule. Jobs that it has stored stay. Needs --yes.")
final class RemoveScheduleCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "NAME", description = "Which schedule.")
	private String name = "";

	@Option(names = "--yes", description = "Do it. Without, nothing is changed.")
	private boolean yes;

	RemoveScheduleCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		Names.require("The name of a schedule", this.name);
		return this.shell.with((session, stop) -> {
			ScheduleAdmin schedules = session.schedules();
			boolean isThere = this.yes ? schedules.remove(this.name) : schedules.find(this.name).isPresent();
			if (!isThere) {
				throw NotFoundException.ofSchedule(this.name);
			}
			JsonMap json = new JsonMap().with("action", "remove")
				.with("schedule", this.name)
				.with("dryRun", !this.yes)
				.with("changed", this.yes);
			if (!this.yes) {
				if (session.output().isJson()) {
					session.output().show(json.map(), List::of);
				}
				session.output().note("q: Schedule %s is still there: --yes deletes it".formatted(this.name));
				return ExitCode.NOT_UNDERSTOOD;
			}
			session.output()
				.show(json.map(),
						() -> List.of("Schedule %s is gone; jobs that it has stored stay".formatted(this.name)));
			return ExitCode.DONE;
		});
	}

}
