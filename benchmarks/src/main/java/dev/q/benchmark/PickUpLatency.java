package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobHandler;

/**
 * How long it is from the call of {@code enqueue} until the handler begins, when the
 * engine is idle, and the same for an idle thread pool.
 *
 * @since 0.1
 */
public final class PickUpLatency {

	private static final int WARM_UP = 2000;

	/** Long enough for all threads to park again. */
	private static final long REST = TimeUnit.MILLISECONDS.toNanos(5);

	/** Handed over by the handler: when it began. */
	private final SynchronousQueue<Long> begun = new SynchronousQueue<>();

	private final List<Double> engine = new ArrayList<>();

	private final List<Double> pool = new ArrayList<>();

	private PickUpLatency() {
	}

	/**
	 * Prints the table.
	 * @param args number of jobs; 2000 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int jobs = (args.length > 0) ? Integer.parseInt(args[0]) : 2000;
		Report.head("pick-up latency of %d single jobs, idle engine and idle thread pool in turns".formatted(jobs));
		PickUpLatency latency = new PickUpLatency();
		latency.measure(jobs);
		Report.row("%-14s %10s %10s %10s %10s".formatted("microseconds", "p50", "p90", "p99", "max"));
		print("engine", new Spread(latency.engine));
		print("thread pool", new Spread(latency.pool));
	}

	private static void print(String name, Spread spread) {
		Report.row("%-14s %10.1f %10.1f %10.1f %10.1f".formatted(name, spread.at(50), spread.at(90), spread.at(99),
				spread.at(100)));
	}

	private void measure(int jobs) throws InterruptedException {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(Setting.CONCURRENCY, Setting.CONCURRENCY, 0,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		try (Rig rig = new Rig(Setting.SHIPPED, this).start()) {
			for (int job = -WARM_UP; job < jobs; job++) {
				Mail mail = Mail.of(job);
				double byEngine = latency(() -> rig.template().enqueue(mail));
				double byPool = latency(() -> threads.execute(() -> begin(mail)));
				if (job >= 0) {
					this.engine.add(byEngine);
					this.pool.add(byPool);
				}
			}
		}
		finally {
			threads.shutdown();
		}
	}

	private double latency(Runnable enqueue) throws InterruptedException {
		LockSupport.parkNanos(REST);
		long called = Rig.CLOCK.nanoTime();
		enqueue.run();
		return (this.begun.take() - called) / 1e3;
	}

	@JobHandler("mail")
	void begin(Mail mail) {
		long now = Rig.CLOCK.nanoTime();
		try {
			this.begun.put(now);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
