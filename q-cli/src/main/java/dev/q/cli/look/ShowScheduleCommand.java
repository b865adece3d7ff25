package dev.q.cli.look;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.q.admin.view.StoreView;
import dev.q.cli.output.Fields;
import dev.q.cli.output.Lines;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.NotFoundException;
import dev.q.cli.session.Shell;
import dev.q.job.Names;
import dev.q.schedule.ScheduleDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Shows a schedule and when it comes next.
 *
 * @since 0.1
 */
@Command(name = "show", description = "Show a schedule and its next 5 times.")
public final class ShowScheduleCommand implements Callable<Integer> {

	private static final int TICKS = 5;

	private final Shell shell;

	@Parameters(paramLabel = "NAME", description = "Which schedule.")
	private String name = "";

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public ShowScheduleCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		Names.require("The name of a schedule", this.name);
		return this.shell.with((session) -> {
			ScheduleDetails schedule = session.schedules()
				.find(this.name)
				.orElseThrow(() -> NotFoundException.ofSchedule(this.name));
			List<Instant> ticks = session.schedules().preview(this.name, TICKS);
			session.output().show(StoreView.of(schedule, ticks), () -> text(schedule, ticks));
			return ExitCode.DONE;
		});
	}

	private static List<String> text(ScheduleDetails schedule, List<Instant> ticks) {
		return new Fields().with("name", schedule.name())
			.with("trigger", schedule.trigger())
			.with("zone", schedule.zone())
			.with("queue", schedule.queue())
			.with("type", schedule.type())
			.with("misfire", schedule.options().misfire())
			.with("overlap", schedule.options().overlap())
			.with("jitter", schedule.options().jitter())
			.with("declared by", schedule.options().owner())
			.with("paused", schedule.paused() ? "yes: it does not come until it is resumed" : "no")
			.with("last job", schedule.lastJob())
			.with("next", ticks.stream().map(Lines::time).collect(Collectors.joining("\n")))
			.lines();
	}

}
