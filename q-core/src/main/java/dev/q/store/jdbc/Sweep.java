package dev.q.store.jdbc;

import java.util.List;

import dev.q.job.QueueName;
import dev.q.ports.EngineClock;

/**
 * Looks now and then for ready jobs behind the lower bounds. How long that takes grows
 * with what the server could not clean up, so how often it is done depends on that.
 */
final class Sweep {

	/** How long between two sweeps at least, in nanoseconds. */
	private static final long INTERVAL = 1_000_000_000L;

	/** How many times as long as a sweep took the next one waits. */
	private static final int SHARE = 20;

	private final Database database;

	private final LowerBounds bounds;

	private final Signals signals;

	private final EngineClock clock;

	private long nextAt;

	Sweep(Database database, LowerBounds bounds, Signals signals, EngineClock clock) {
		this.database = database;
		this.bounds = bounds;
		this.signals = signals;
		this.clock = clock;
		this.nextAt = clock.nanoTime();
	}

	/** Sweeps if it is time to. */
	synchronized void runIfDue() {
		long start = this.clock.nanoTime();
		if (this.bounds.isEnabled() && start - this.nextAt >= 0) {
			run();
			long end = this.clock.nanoTime();
			this.nextAt = end + Math.max(INTERVAL, SHARE * (end - start));
		}
	}

	/** Lowers each bound to the first ready job behind it. */
	void run() {
		this.bounds.forgetDue();
		List<LowerBounds.Lane> lanes = this.bounds.all();
		if (lanes.isEmpty()) {
			return;
		}
		Args args = new Args().texts(lanes.stream().map(LowerBounds.Lane::queue).toList())
			.smalls(lanes.stream().map((lane) -> (short) lane.number()).toList())
			.numbers(lanes.stream().map((lane) -> lane.bound().low()).toList());
		News news = new News();
		this.database.call("q_left_behind_v1", args, (row) -> {
			QueueName queue = new QueueName(row.getString("queue"));
			this.bounds.lower(queue, row.getLong("pos"));
			return news.ready(queue);
		});
		this.signals.tell(news);
	}

}
