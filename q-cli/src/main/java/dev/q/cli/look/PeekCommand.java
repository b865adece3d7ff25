package dev.q.cli.look;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.view.JobView;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.job.Job;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog.End;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows the ready jobs of a queue in their order, and claims none.
 *
 * @since 0.1
 */
@Command(name = "peek", description = "Show the ready jobs of a queue, the one that is claimed next first.")
public final class PeekCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "QUEUE", description = "Which queue.")
	private String queue = "";

	@Option(names = "--newest", description = "Begin with the job that is claimed last.")
	private boolean newest;

	@Mixin
	private final PageSize size = new PageSize();

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public PeekCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		QueueName name = new QueueName(this.queue);
		int limit = this.size.read();
		return this.shell.with((session) -> {
			List<Job> jobs = session.store().catalog().peek(name, limit, this.newest ? End.NEWEST : End.OLDEST);
			session.output()
				.show(new JsonMap().with("jobs", jobs.stream().map(JobView.WITHOUT_PAYLOADS::of).toList()).map(),
						() -> JobTable.of(jobs));
			return ExitCode.DONE;
		});
	}

}
