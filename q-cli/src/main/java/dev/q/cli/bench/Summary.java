package dev.q.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.q.admin.view.JsonMap;
import dev.q.cli.output.Table;
import dev.q.job.QueueName;

/**
 * What was measured, where and how.
 *
 * @param place where
 * @param load how
 * @param tally what
 * @param began when it began
 * @param took how long it took, until it was done or given up
 */
record Summary(Place place, Load load, Tally tally, long began, Duration took) {

	private static final double NANOS = 1e9;

	Map<String, Object> json() {
		Tally.Counts counts = this.tally.counts();
		return new JsonMap().with("store", this.place.store())
			.with("server", this.place.server())
			.with("jvm", this.place.jvm())
			.with("queue", this.place.queue())
			.with("settings", this.load.settings())
			.with("deviations", this.load.deviations())
			.with("complete", this.tally.isComplete())
			.with("seconds", rounded(this.took.toNanos() / NANOS))
			.with("enqueued", counts.enqueued().get())
			.with("done", counts.done().get())
			.with("refusals", counts.refused().get())
			.with("enqueuedPerSecond", Math.round(enqueueRate()))
			.with("donePerSecond", Math.round(doneRate()))
			.with("latencyMillis",
					new JsonMap().with("enqueue", json(this.tally.times().enqueue()))
						.with("pickUp", json(this.tally.times().pickUp()))
						.with("endToEnd", json(this.tally.times().endToEnd()))
						.map())
			.map();
	}

	private static Map<String, Object> json(Latencies spans) {
		return new JsonMap().with("count", spans.count())
			.with("p50", rounded(millis(spans.percentile(50))))
			.with("p95", rounded(millis(spans.percentile(95))))
			.with("p99", rounded(millis(spans.percentile(99))))
			.with("max", rounded(millis(spans.max())))
			.map();
	}

	List<String> text() {
		Tally.Counts counts = this.tally.counts();
		List<String> lines = new ArrayList<>();
		lines.add("");
		if (!this.tally.isComplete()) {
			lines.add("Not complete: ended before all of %d jobs were done".formatted(this.load.jobs()));
		}
		lines
			.add("store       %s: %s, queue %s".formatted(this.place.store(), this.place.server(), this.place.queue()));
		lines.add("java        " + this.place.jvm());
		lines.add("load        %d jobs of %d bytes, %d producers, %s, concurrency %d".formatted(this.load.jobs(),
				this.load.payloadSize(), this.load.producers(), calls(), this.load.concurrency()));
		lines.add("settings    as shipped, but: " + String.join("; ", this.load.deviations()));
		lines.add(String.format(Locale.ROOT, "enqueued    %d, %.0f/s; a full queue refused %d calls",
				counts.enqueued().get(), enqueueRate(), counts.refused().get()));
		lines.add(String.format(Locale.ROOT, "done        %d, %.0f/s; all took %.2f s", counts.done().get(), doneRate(),
				this.took.toNanos() / NANOS));
		lines.add("");
		lines.addAll(table());
		return lines;
	}

	private String calls() {
		return (this.load.batch() == 1) ? "single enqueues" : "enqueues of %d each".formatted(this.load.batch());
	}

	private List<String> table() {
		Table table = new Table("MILLISECONDS", "P50", "P95", "P99", "MAX");
		row(table, "call that enqueues", this.tally.times().enqueue());
		row(table, "begin of that call until the handler begins", this.tally.times().pickUp());
		row(table, "begin of that call until the success is stored", this.tally.times().endToEnd());
		return table.lines();
	}

	private static void row(Table table, String name, Latencies spans) {
		table.row(name, cell(spans.percentile(50)), cell(spans.percentile(95)), cell(spans.percentile(99)),
				cell(spans.max()));
	}

	private static String cell(long nanos) {
		return String.format(Locale.ROOT, "%.3f", millis(nanos));
	}

	private double enqueueRate() {
		return rate(this.tally.counts().enqueued().get(), this.tally.counts().lastEnqueued().get());
	}

	private double doneRate() {
		return rate(this.tally.counts().done().get(), this.tally.counts().lastDone().get());
	}

	/** From the begin until the last one. */
	private double rate(long count, long last) {
		return (count > 0) ? Progress.rate(count, last - this.began) : 0;
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

	/**
	 * Where it was measured.
	 *
	 * @param store what people call the store
	 * @param server what the server says of itself
	 * @param jvm which JVM this is, with what was said of how it compiles and collects
	 * @param queue the queue of the jobs
	 */
	record Place(String store, String server, String jvm, QueueName queue) {
	}

}
