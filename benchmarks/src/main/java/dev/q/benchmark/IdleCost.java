package dev.q.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobOptions;

/**
 * What an engine without work takes: threads, and time of the processors.
 *
 * @since 0.1
 */
public final class IdleCost {

	private static final int[] QUEUES = { 1, 10, 100 };

	private final long seconds;

	private IdleCost(long seconds) {
		this.seconds = seconds;
	}

	/**
	 * Prints the table.
	 * @param args seconds for each row; 30 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		IdleCost cost = new IdleCost((args.length > 0) ? Long.parseLong(args[0]) : 30);
		Report.head("an idle engine, %d s for each row".formatted(cost.seconds));
		Report.row("%-22s %10s %20s %22s".formatted("", "threads", "threads after work", "percent of one core"));
		// The first rows pay for what the JVM still has to compile.
		cost.row(QUEUES[0], false);
		double none = cost.percent();
		Report.row("%-22s %10d %20d %22.3f".formatted("no engine", threads(), threads(), none));
		for (int queues : QUEUES) {
			cost.row(queues, true);
		}
	}

	private void row(int queues, boolean counts) throws InterruptedException {
		try (Rig rig = new Rig(Setting.SHIPPED.withQueues(queues), new Mail.Nothing()).start()) {
			int before = threads();
			for (int i = 0; i < queues; i++) {
				rig.template().with(JobOptions.NONE.queue(Rig.queue(i).value())).enqueue(Mail.of(i));
			}
			rig.tally().awaitSettled(queues);
			double percent = percent();
			if (counts) {
				Report.row("%-22s %10d %20d %22.3f".formatted(queues + " queue(s)", before, threads(), percent));
			}
		}
	}

	private double percent() {
		long cpu = ProcessorTime.nanos();
		long begin = Rig.CLOCK.nanoTime();
		long end = begin + TimeUnit.SECONDS.toNanos(this.seconds);
		while (Rig.CLOCK.nanoTime() - end < 0) {
			LockSupport.parkNanos(end - Rig.CLOCK.nanoTime());
		}
		return 100.0 * (ProcessorTime.nanos() - cpu) / (Rig.CLOCK.nanoTime() - begin);
	}

	/**
	 * Threads of the engine.
	 */
	private static int threads() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("q-"))
			.count();
	}

}
