package dev.q.cli.act;

import java.util.concurrent.Callable;

import dev.q.cli.session.Shell;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes a queue stop.
 */
@Command(name = "pause", description = "Make a queue stop handing jobs out, taking jobs in, or both.")
final class PauseCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "QUEUE", description = "Which queue.")
	private String queue = "";

	@Option(names = "--mode", paramLabel = "MODE", defaultValue = "OUT",
			description = "What it is not to do: ${COMPLETION-CANDIDATES}. Else ${DEFAULT-VALUE}.")
	private Direction mode = Direction.OUT;

	PauseCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		QueueName name = new QueueName(this.queue);
		PauseMode wanted = PauseMode.valueOf(this.mode.name());
		return this.shell.with((session, stop) -> new QueueSwitch(session, "pause").set(name, wanted));
	}

	/**
	 * What a queue can be made to stop.
	 */
	enum Direction {

		OUT, IN, ALL

	}

}
