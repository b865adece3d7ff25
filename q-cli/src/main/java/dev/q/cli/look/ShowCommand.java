package dev.q.cli.look;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.explain.Explanation;
import dev.q.admin.explain.Surroundings;
import dev.q.admin.view.JobView;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.NotFoundException;
import dev.q.cli.session.Shell;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.history.AttemptRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows all that is known of a job.
 *
 * @since 0.1
 */
@Command(name = "show", description = "Show all that is known of a job, and why it stands where it stands.")
public final class ShowCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "ID", description = "Which job.")
	private String id = "";

	@Option(names = "--payload", description = "Show what users wrote, too: payload, result, headers and stack traces.")
	private boolean payload;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public ShowCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		JobId wanted = JobId.of(this.id);
		JobView view = this.payload ? JobView.WHOLE : JobView.WITHOUT_PAYLOADS;
		return this.shell.with((session) -> {
			JobDetails details = session.admin()
				.find(wanted)
				.orElseThrow(() -> new NotFoundException(new Surroundings.Unknown(wanted).text()));
			List<AttemptRecord> attempts = session.admin().attempts(details.job().spec().queue(), wanted);
			Explanation explanation = session.admin().explain(wanted);
			session.output()
				.show(view.of(details, attempts, explanation),
						() -> new JobText(details, attempts, explanation).lines(view));
			return ExitCode.DONE;
		});
	}

}
