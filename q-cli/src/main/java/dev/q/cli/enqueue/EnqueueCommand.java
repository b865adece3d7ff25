package dev.q.cli.enqueue;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Session;
import dev.q.cli.session.Shell;
import dev.q.job.JobId;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Stores jobs.
 *
 * @since 0.1
 */
@Command(name = "enqueue", description = "Store a job, or one for each line of an input.")
public final class EnqueueCommand implements Callable<Integer> {

	private final Shell shell;

	@Parameters(paramLabel = "TYPE", description = "Which handler runs it, by the wire name of its jobs.")
	private String type = "";

	@Mixin
	private final PayloadOptions payload = new PayloadOptions();

	@Mixin
	private final TermOptions terms = new TermOptions();

	@Mixin
	private final LimitOptions limits = new LimitOptions();

	@Mixin
	private final UniqueOptions unique = new UniqueOptions();

	@Option(names = "--id", paramLabel = "UUID",
			description = "Its identity, so that it can be sent again without harm. Made unless given, and named if the answer is lost.")
	private @Nullable String id;

	@Option(names = "--dry-run",
			description = "Store nothing: check all that can be checked, and say what would be stored.")
	private boolean dryRun;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public EnqueueCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		JobOptions options = this.unique.over(this.limits.over(this.terms.over(JobOptions.NONE)));
		TypeName name = new TypeName(this.type);
		JobId known = (this.id != null) ? JobId.of(this.id) : null;
		if (this.payload.isLines()) {
			requireManyJobs();
			JobRequest pattern = new JobRequest(null, name, null, null, options);
			return this.shell.with((session) -> feed(session, pattern));
		}
		JobRequest request = new JobRequest(this.payload.payload(this.shell.terminal().in()), name, null, known,
				options);
		return this.shell.with((session, stop) -> {
			OneJob job = new OneJob(session, request);
			return this.dryRun ? job.rehearse() : job.store(stop);
		});
	}

	private void requireManyJobs() {
		if (this.id != null || this.unique.isOneKey()) {
			throw new IllegalArgumentException(
					"--lines enqueues many jobs, which cannot share an id or a unique key. Leave out --id and --unique-key; --unique-by-payload gives each its own");
		}
	}

	private ExitCode feed(Session session, JobRequest pattern) {
		Feed feed = new Feed(session, pattern);
		if (this.dryRun) {
			long jobs = this.payload.read(this.shell.terminal().in(), feed::rehearse);
			session.output()
				.show(new JsonMap().with("dryRun", true).with("jobs", jobs).map(),
						() -> List.of("%d jobs would be stored".formatted(jobs)));
			return ExitCode.DONE;
		}
		return this.payload.read(this.shell.terminal().in(),
				(input) -> feed.enqueue(input, this.shell.terminal().interrupts()));
	}

}
