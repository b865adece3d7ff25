package dev.q.cli.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Interrupts;
import dev.q.job.QException;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;

/**
 * Measures a store once. However that ends, what it has put there is deleted.
 */
final class Measurement {

	/** What the end takes at most: calls under way, the worker, the cleanup. */
	private static final Duration END = Cleanup.MOST.plusSeconds(30);

	private final JobStore store;

	private final String server;

	private final Load load;

	private final OutputOptions output;

	private final EngineClock clock = new SystemClock();

	private final Tally tally;

	private final CountDownLatch ended = new CountDownLatch(1);

	/**
	 * Measures nothing yet.
	 * @param store what to measure; left open
	 * @param server what its server says of itself
	 * @param load how
	 * @param output shows results
	 */
	Measurement(JobStore store, String server, Load load, OutputOptions output) {
		this.store = store;
		this.server = server;
		this.load = load;
		this.output = output;
		this.tally = new Tally(load.jobs(), this.clock);
	}

	/**
	 * Measures. A process that is asked to end lets this come to its end first.
	 * @param interrupts tells of that
	 * @return how it went
	 */
	ExitCode run(Interrupts interrupts) {
		Interrupts.Registration registration = interrupts.tell(this::end);
		try (BenchQueue queue = BenchQueue.reserve(this.store.catalog(), this.store.cluster(), new SharedRandom())) {
			return run(queue.name());
		}
		finally {
			registration.close();
			this.ended.countDown();
		}
	}

	private void end() {
		this.tally.stop();
		try {
			if (!this.ended.await(END.toSeconds(), TimeUnit.SECONDS)) {
				this.output
					.note("Jobs may be left in the queues %s*: the end took too long".formatted(BenchQueue.PREFIX));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ExitCode run(QueueName queue) {
		OwnUpkeep upkeep = new OwnUpkeep(queue, this.store.control(), this.load.retention());
		Cleanup cleanup = new Cleanup(this.store, upkeep, this.clock, this.output::note);
		Summary summary;
		boolean clean;
		try {
			summary = measure(upkeep);
		}
		finally {
			clean = cleanup.run();
		}
		RuntimeException failure = this.tally.failure();
		if (failure != null) {
			throw failure;
		}
		this.output.show(summary.json(), summary::text);
		return (clean && this.tally.isComplete()) ? ExitCode.DONE : ExitCode.FAILED;
	}

	private Summary measure(OwnUpkeep upkeep) {
		QueueName queue = upkeep.queue();
		Summary.Place place = new Summary.Place(this.store.name(), this.server, jvm(), queue);
		try (Worker worker = new Worker(this.store, upkeep, this.load, this.tally, this.clock);
				Producers producers = new Producers(this.load, new Producers.Target(worker.template(), queue),
						this.tally, this.clock)) {
			worker.start();
			long began = this.clock.nanoTime();
			producers.start();
			Duration took = new Progress(this.clock, this::say).await(this.tally, began);
			return new Summary(place, this.load, this.tally, began, took);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new QException("The measurement was interrupted", ex);
		}
	}

	/** Once a second. For nobody, nothing is measured. */
	private void say(String line) {
		this.output.progress(line);
		if (this.output.isUnread()) {
			this.tally.stop();
		}
	}

	/** Other options may hold secrets. */
	private static String jvm() {
		return Stream
			.concat(Stream.of(Runtime.version().toString()),
					ManagementFactory.getRuntimeMXBean()
						.getInputArguments()
						.stream()
						.filter((argument) -> argument.startsWith("-XX:") || argument.startsWith("-Xm")))
			.collect(Collectors.joining(" "));
	}

}
