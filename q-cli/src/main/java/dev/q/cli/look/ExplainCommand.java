package dev.q.cli.look;

import java.util.concurrent.Callable;

import dev.q.admin.explain.Explanation;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.job.JobId;
import dev.q.job.QException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Explains why a job stands where it stands.
 *
 * @since 0.1
 */
@Command(name = "explain", description = "Explain why a job does not run yet, that it runs, or how it ended.")
public final class ExplainCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "ID", description = "Which job.")
	private String id = "";

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public ExplainCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		JobId wanted = JobId.of(this.id);
		return this.shell.with((session) -> {
			Explanation explanation = session.admin().explain(wanted);
			if (explanation.details() == null) {
				// Unknown, or the store does not answer: the only reason says which.
				throw new QException(explanation.reasons().get(0).text());
			}
			session.output().show(explanation.toMap(), () -> explanation.text().lines().toList());
			return ExitCode.DONE;
		});
	}

}
