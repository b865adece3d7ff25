package dev.q.cli.bench;

import java.util.concurrent.Callable;

import dev.q.boot.ClientSettingsFactory;
import dev.q.cli.session.Shell;
import dev.q.cli.store.Configuration;
import dev.q.cli.store.OpenStore;
import dev.q.store.Retention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how fast a store is with an application as it is shipped.
 *
 * @since 0.1
 */
@Command(name = "bench",
		description = "Measure the store: jobs that do nothing are enqueued and worked in a queue of their own, and deleted in the end.")
public final class BenchCommand implements Callable<Integer> {

	private final Shell shell;

	@Option(names = "--jobs", paramLabel = "N", description = "How many jobs, 100 million at most. 100000 unless set.")
	private int jobs = 100_000;

	@Option(names = "--producers", paramLabel = "N", description = "How many threads enqueue. 2 unless set.")
	private int producers = 2;

	@Option(names = "--concurrency", paramLabel = "N",
			description = "How many jobs run at once. Twice the number of processors unless set, as in an application.")
	private int concurrency = Load.CONCURRENCY;

	@Option(names = "--payload-size", paramLabel = "BYTES", description = "Size of each payload. 100 unless set.")
	private int payloadSize = Load.PAYLOAD;

	@Option(names = "--batch", paramLabel = "N",
			description = "Enqueue so many with each call, 1000 at most. Unless set, each job has a call of its own.")
	private int batch = 1;

	@Option(names = "--retention", paramLabel = "KEPT",
			description = "How long jobs that succeeded are kept: shipped, which is the default, or 0 for not at all.")
	private String retention = "shipped";

	/**
	 * Makes the command.
	 * @param shell tells which store is meant
	 */
	public BenchCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		Load load = new Load(this.jobs, this.producers, this.concurrency, this.payloadSize, this.batch, kept());
		Configuration configuration = this.shell.configuration();
		load.requirePayloadUpTo(ClientSettingsFactory.of(configuration.properties()).maxPayload());
		try (OpenStore open = OpenStore.forLoad(configuration, this.shell.output()::note, load.connections())) {
			return new Measurement(open.store().storeOf(BenchQueue.ANY), open.server(), load, this.shell.output())
				.run(this.shell.terminal().interrupts())
				.number();
		}
	}

	private Retention kept() {
		return switch (this.retention) {
			case "shipped" -> Retention.DEFAULT;
			case "0" -> Retention.NOTHING;
			default -> throw new IllegalArgumentException(
					"--retention must be shipped or 0, but was '%s'".formatted(this.retention));
		};
	}

}
