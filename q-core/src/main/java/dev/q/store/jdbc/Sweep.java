package dev.q.store.jdbc;

import java.util.List;

import dev.q.job.QueueName;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.signal.News;

/**
 * Looks for ready jobs behind the lower bounds. Takes as long as there is to pass over
 * that the server could not clean up.
 */
final class Sweep implements Runnable {

	private final Database database;

	private final LowerBounds bounds;

	private final Signals signals;

	Sweep(Database database, LowerBounds bounds, Signals signals) {
		this.database = database;
		this.bounds = bounds;
		this.signals = signals;
	}

	/** Lowers each bound to the first ready job behind it. */
	@Override
	public void run() {
		this.bounds.forgetDue();
		List<LowerBounds.Lane> lanes = this.bounds.all();
		if (lanes.isEmpty()) {
			return;
		}
		Args args = new Args().texts(lanes.stream().map(LowerBounds.Lane::queue).toList())
			.smalls(lanes.stream().map((lane) -> (short) lane.number()).toList())
			.numbers(lanes.stream().map(LowerBounds.Lane::low).toList());
		News news = new News();
		this.database.upkeep("q_left_behind_v1", args, (row) -> {
			QueueName queue = new QueueName(row.getString("queue"));
			this.bounds.lower(queue, row.getLong("pos"));
			return news.ready(queue);
		});
		this.signals.tell(news);
	}

}
