package dev.q.cli.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.q.admin.JobFilter;
import dev.q.admin.view.JobView;
import dev.q.admin.view.JsonMap;
import dev.q.cli.filter.JobFilterOptions;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.job.Job;
import dev.q.store.JobCatalog.Page;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Lists jobs page by page.
 *
 * @since 0.1
 */
@Command(name = "ls", description = "List jobs in the order of their ids.")
public final class LsCommand implements Callable<Integer> {

	private final Shell shell;

	@Mixin
	private final JobFilterOptions filter = new JobFilterOptions();

	@Mixin
	private final PageSize size = new PageSize();

	@Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where the page before ended.")
	private @Nullable String cursor;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public LsCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		JobFilter meant = this.filter.filter();
		int limit = this.size.read();
		return this.shell.with((session) -> {
			Page<Job> page = session.admin().search(meant, limit, this.cursor);
			session.output().show(json(page), () -> text(page));
			return ExitCode.DONE;
		});
	}

	private static Map<String, Object> json(Page<Job> page) {
		return new JsonMap().with("jobs", page.items().stream().map(JobView.WITHOUT_PAYLOADS::of).toList())
			.with("next", page.next())
			.map();
	}

	private static List<String> text(Page<Job> page) {
		List<String> lines = new ArrayList<>(JobTable.of(page.items()));
		if (page.next() != null) {
			lines.add("There may be more: repeat with --cursor " + page.next());
		}
		return lines;
	}

}
