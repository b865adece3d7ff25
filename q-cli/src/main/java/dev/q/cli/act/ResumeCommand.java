package dev.q.cli.act;

import java.util.concurrent.Callable;

import dev.q.cli.session.Shell;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes a queue go on.
 */
@Command(name = "resume", description = "Make a queue take jobs in and hand them out again.")
final class ResumeCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "QUEUE", description = "Which queue.")
	private String queue = "";

	ResumeCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		QueueName name = new QueueName(this.queue);
		return this.shell.with((session, stop) -> new QueueSwitch(session, "resume").set(name, PauseMode.NONE));
	}

}
