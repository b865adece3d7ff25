package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobTemplate;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * How long it is from the call of {@code enqueue} until the handler begins, when the
 * engine is idle, and how long a bare message takes from its publisher to its subscriber.
 * Then the same with a second worker that is listed for the queue too, but whose slots
 * are all taken by jobs of another queue.
 *
 * @since 0.1
 */
public final class RedisPickUp {

	/**
	 * So many that what runs once for each job is compiled for good, as in a process that
	 * has been up for a while. The bare messages take far fewer.
	 */
	private static final int WARM_UP = 10_000;

	/** Jobs beside a worker that is full. */
	private static final int JOBS = 1000;

	private static final double LIMIT_MILLIS = 50;

	/** Long enough for all threads to park again. */
	private static final long REST = TimeUnit.MILLISECONDS.toNanos(2);

	private static final byte[] CHANNEL = { 'b', 'a', 'r', 'e' };

	private static final byte[] TOLD = { 't' };

	/** The subscriber claims before it is done. */
	private static final byte[] CLAIMED = { 'c' };

	/** Handed over by the handler or by the subscriber: when it was reached. */
	private final SynchronousQueue<Long> begun = new SynchronousQueue<>();

	private final CountDownLatch held = new CountDownLatch(Setting.CONCURRENCY);

	private final CountDownLatch over = new CountDownLatch(1);

	private final LocalRedis server;

	private final BareScripts bare;

	private RedisPickUp(LocalRedis server) {
		this.server = server;
		this.bare = new BareScripts(server, CHANNEL);
	}

	/**
	 * Prints the tables.
	 * @param args number of jobs on an idle queue; 2000 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int jobs = (args.length > 0) ? Integer.parseInt(args[0]) : 2000;
		try (LocalRedis server = LocalRedis.open()) {
			server.head("Redis: pick-up latency of %d single jobs in turns with bare messages".formatted(jobs));
			RedisPickUp pickUp = new RedisPickUp(server);
			pickUp.idle(jobs);
			server.clear();
			pickUp.besideOneThatIsFull();
		}
	}

	private void idle(int jobs) throws InterruptedException {
		List<Double> told = new ArrayList<>();
		List<Double> claimed = new ArrayList<>();
		List<Double> engine = new ArrayList<>();
		try (StatefulRedisPubSubConnection<byte[], byte[]> ear = this.server.listen();
				Rig rig = new Rig(Setting.SHIPPED, this, this.server.store()).start()) {
			listen(ear);
			for (int job = -WARM_UP; job < jobs; job++) {
				Mail mail = Mail.of(WARM_UP + job);
				double byMessage = latency(() -> this.server.connection().sync().publish(CHANNEL, TOLD));
				double byClaim = latency(() -> this.server.connection().sync().publish(CHANNEL, CLAIMED));
				double byEngine = latency(() -> rig.template().enqueue(mail));
				if (job >= 0) {
					told.add(byMessage);
					claimed.add(byClaim);
					engine.add(byEngine);
				}
			}
		}
		print(new Spread(told), new Spread(claimed), new Spread(engine));
	}

	private static void print(Spread told, Spread claimed, Spread engine) {
		Report.row("%-42s %10s %10s %10s %10s".formatted("microseconds", "p50", "p90", "p99", "max"));
		row("bare publish to subscriber", told);
		row("bare publish to the answer of a bare claim", claimed);
		row("enqueue to handler", engine);
		Report.row("enqueue to publish, medians: %.2f; at most 2 is wanted".formatted(engine.at(50) / told.at(50)));
		Report.row("enqueue to publish and claim, medians: %.2f".formatted(engine.at(50) / claimed.at(50)));
	}

	private void listen(StatefulRedisPubSubConnection<byte[], byte[]> ear) {
		ear.addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(byte[] channel, byte[] message) {
				if (message[0] == TOLD[0]) {
					arrive();
				}
				else {
					RedisPickUp.this.bare.claimOne(RedisPickUp.this::arrive);
				}
			}

		});
		ear.sync().subscribe(CHANNEL);
	}

	private static void row(String name, Spread spread) {
		Report.row("%-42s %10.1f %10.1f %10.1f %10.1f".formatted(name, spread.at(50), spread.at(90), spread.at(99),
				spread.at(100)));
	}

	/**
	 * The first worker is filled by jobs of the first queue while it waits at the second
	 * one too. The jobs of the second are for the other worker.
	 */
	private void besideOneThatIsFull() throws InterruptedException {
		Setting both = Setting.SHIPPED.withQueues(2);
		List<Double> latencies = new ArrayList<>();
		try (Rig full = new Rig(both, this, this.server.store()).start();
				Rig idle = new Rig(both, this, this.server.store())) {
			for (int i = 0; i < Setting.CONCURRENCY; i++) {
				full.template().enqueue(new Hold(i));
			}
			this.held.await();
			idle.start();
			JobTemplate template = idle.template().with(JobOptions.NONE.queue(Rig.queue(1).value()));
			latency(() -> template.enqueue(Mail.of(1000)));
			for (int job = 0; job < JOBS; job++) {
				Mail mail = Mail.of(job);
				latencies.add(latency(() -> template.enqueue(mail)) / 1e3);
			}
			this.over.countDown();
		}
		Spread spread = new Spread(latencies);
		long soon = latencies.stream().filter((millis) -> millis <= LIMIT_MILLIS).count();
		Report.row(
				"beside a worker that is full: %d of %d jobs began within %.0f ms; p50 %.2f ms, p99 %.2f ms, max %.2f ms"
					.formatted(soon, JOBS, LIMIT_MILLIS, spread.at(50), spread.at(99), spread.at(100)));
	}

	private double latency(Runnable call) throws InterruptedException {
		LockSupport.parkNanos(REST);
		long called = Rig.CLOCK.nanoTime();
		call.run();
		return (this.begun.take() - called) / 1e3;
	}

	private void arrive() {
		long now = Rig.CLOCK.nanoTime();
		try {
			this.begun.put(now);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@JobHandler("mail")
	void begin(Mail mail) {
		arrive();
	}

	@JobHandler("hold")
	void hold(Hold hold) throws InterruptedException {
		this.held.countDown();
		this.over.await();
	}

	/**
	 * A job that takes until the end of the program.
	 *
	 * @param number tells one from the other
	 */
	record Hold(int number) {
	}

}
