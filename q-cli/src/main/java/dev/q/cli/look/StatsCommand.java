package dev.q.cli.look;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.view.JsonMap;
import dev.q.admin.view.StoreView;
import dev.q.cli.output.Table;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.NotFoundException;
import dev.q.cli.session.Session;
import dev.q.cli.session.Shell;
import dev.q.job.JobState;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog.Page;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows the figures of the store and of each queue.
 *
 * @since 0.1
 */
@Command(name = "stats", description = "Show how many jobs are in which state, for each queue.")
public final class StatsCommand implements Callable<Integer> {

	private static final int PAGE = 500;

	private final Shell shell;

	@Parameters(arity = "0..1", paramLabel = "QUEUE", description = "This queue alone.")
	private @Nullable String queue;

	@Option(names = "--prefix", paramLabel = "PREFIX",
			description = "Those queues alone whose names begin so. Only they are counted.")
	private @Nullable String prefix;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public StatsCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		if (this.queue != null && this.prefix != null) {
			throw new IllegalArgumentException("Either name a queue or give a --prefix, but not both: %s and %s"
				.formatted(Names.quoted(this.queue), Names.quoted(this.prefix)));
		}
		QueueName one = (this.queue != null) ? new QueueName(this.queue) : null;
		return this.shell.with((session) -> {
			List<WorkerInfo> workers = session.admin().workers();
			if (one != null) {
				show(session, new JsonMap(), List.of(find(session, one)), workers);
			}
			else if (this.prefix != null) {
				show(session, new JsonMap(), list(session, this.prefix), workers);
			}
			else {
				List<QueueStats> all = session.admin().queues();
				show(session, StoreView.of(session.store(), all, workers), all, workers);
			}
			return ExitCode.DONE;
		});
	}

	private static QueueStats find(Session session, QueueName name) {
		return session.queue(name)
			.orElseThrow(() -> new NotFoundException(
					"There is no queue '%s': no job was ever in it, or it was empty for a while".formatted(name)));
	}

	private static List<QueueStats> list(Session session, String prefix) {
		List<QueueStats> queues = new ArrayList<>();
		String next = null;
		do {
			Page<QueueStats> page = session.admin().queues(prefix, PAGE, next);
			queues.addAll(page.items());
			next = page.next();
		}
		while (next != null);
		return queues;
	}

	private static void show(Session session, JsonMap json, List<QueueStats> queues, List<WorkerInfo> workers) {
		json.with("queueStats", queues.stream().map((stats) -> StoreView.of(stats, workers)).toList());
		session.output().show(json.map(), () -> text(queues));
	}

	private static List<String> text(List<QueueStats> queues) {
		Table table = new Table("QUEUE", "READY", "SCHEDULED", "RETRYING", "BLOCKED", "RUNNING", "SUCCEEDED", "DEAD",
				"CANCELLED", "EXPIRED", "PAUSED", "OLDEST READY");
		queues.forEach((queue) -> table.row(queue.queue(), queue.count(JobState.READY), queue.count(JobState.SCHEDULED),
				queue.count(JobState.RETRYING), queue.count(JobState.BLOCKED), queue.count(JobState.RUNNING),
				queue.count(JobState.SUCCEEDED), queue.count(JobState.DEAD), queue.count(JobState.CANCELLED),
				queue.count(JobState.EXPIRED), queue.pause().mode(), queue.oldestReady()));
		return table.lines();
	}

}
