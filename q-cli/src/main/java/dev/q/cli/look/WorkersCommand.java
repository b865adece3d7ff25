package dev.q.cli.look;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.q.admin.view.JsonMap;
import dev.q.admin.view.StoreView;
import dev.q.cli.output.Table;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.job.QueueName;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows who works.
 *
 * @since 0.1
 */
@Command(name = "workers", description = "Show the workers that are registered.")
public final class WorkersCommand implements Callable<Integer> {

	private static final Comparator<WorkerInfo> BY_HOST = Comparator.comparing(WorkerInfo::host)
		.thenComparing((worker) -> worker.id().value());

	private final Shell shell;

	@Option(names = "--queue", paramLabel = "QUEUE", description = "Those alone that work this queue.")
	private @Nullable String queue;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public WorkersCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		QueueName name = (this.queue != null) ? new QueueName(this.queue) : null;
		return this.shell.with((session) -> {
			List<WorkerInfo> found = (name != null) ? session.admin().workers(name) : session.admin().workers();
			List<WorkerInfo> workers = found.stream().sorted(BY_HOST).toList();
			session.output()
				.show(new JsonMap().with("workers", workers.stream().map(StoreView::of).toList()).map(),
						() -> text(workers));
			return ExitCode.DONE;
		});
	}

	private static List<String> text(List<WorkerInfo> workers) {
		Table table = new Table("ID", "HOST", "STATE", "SLOTS", "RUNNING", "STARTED", "QUEUES");
		workers.forEach((worker) -> table.row(worker.id().value(), worker.host(), worker.state(), worker.slots(),
				worker.running(), worker.startedAt(),
				worker.queues().stream().map(QueueName::value).collect(Collectors.joining(","))));
		return table.lines();
	}

}
