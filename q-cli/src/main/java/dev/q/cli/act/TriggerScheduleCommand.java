package dev.q.cli.act;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.JobReceipt;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.NotFoundException;
import dev.q.cli.session.Shell;
import dev.q.job.JobId;
import dev.q.job.Names;
import dev.q.ports.SystemClock;
import dev.q.schedule.ScheduleDetails;
import dev.q.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the job of a schedule come once more.
 */
@Command(name = "trigger",
		description = "Make the job of a schedule come once more, now. Its next time stays as it is.")
final class TriggerScheduleCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "NAME", description = "Which schedule.")
	private String name = "";

	TriggerScheduleCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		Names.require("The name of a schedule", this.name);
		return this.shell.with((session, stop) -> {
			JobReceipt receipt = trigger(session.schedules(), this.name);
			session.output()
				.show(new JsonMap().with("action", "trigger")
					.with("schedule", this.name)
					.with("job", receipt.id())
					.with("status", receipt.status())
					.map(), () -> List.of(text(receipt)));
			return (receipt.status() == JobReceipt.Status.DUPLICATE) ? ExitCode.FAILED : ExitCode.DONE;
		});
	}

	/** Asked first, since a trigger of what is not there counts as a wrong argument. */
	static JobReceipt trigger(ScheduleAdmin schedules, String name) {
		ScheduleDetails schedule = schedules.find(name).orElseThrow(() -> NotFoundException.ofSchedule(name));
		JobId before = JobId.timeOrdered(new SystemClock().instant(), 0, 0);
		try {
			return schedules.trigger(name);
		}
		catch (StoreException ex) {
			throw StoreException.isRefusal(ex) ? ex : new TriggerInDoubtException(schedule, before, ex);
		}
	}

	private String text(JobReceipt receipt) {
		return switch (receipt.status()) {
			case DUPLICATE -> "Schedule %s stored no job: job %s in queue %s has not ended".formatted(this.name,
					receipt.id(), receipt.queue());
			case UPDATED -> "Schedule %s comes once more as job %s in queue %s, which was there before"
				.formatted(this.name, receipt.id(), receipt.queue());
			default ->
				"Schedule %s comes once more as job %s in queue %s".formatted(this.name, receipt.id(), receipt.queue());
		};
	}

}
