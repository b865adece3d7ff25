package dev.q.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the bodies of {@link EngineBenchmark} and {@link PoolBenchmark} in turns, one
 * round each, so that what else the machine does hits all of them alike, and prints what
 * they come to beside each other.
 *
 * @since 0.1
 */
public final class Ratios {

	private static final int WARM_UP = 10;

	/** What everything is held against. */
	private static final String FLOOR = "thread pool, JSON";

	private final Map<String, Body> bodies = new LinkedHashMap<>();

	private final Map<String, List<Double>> rates = new LinkedHashMap<>();

	private Ratios() {
	}

	/**
	 * Prints the table.
	 * @param args number of rounds; 30 unless given
	 * @throws Exception if a round fails
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 30;
		for (int producers = 1; producers <= 2; producers++) {
			Report.head("jobs a second from enqueue to settlement, %d producer(s), %d rounds of %d jobs"
				.formatted(producers, rounds, EngineBenchmark.JOBS));
			new Ratios().print(producers, rounds);
		}
	}

	private void print(int producers, int rounds) throws Exception {
		PoolBenchmark pool = new PoolBenchmark();
		pool.producers = producers;
		pool.start();
		this.bodies.put("thread pool, object", pool::bare);
		this.bodies.put(FLOOR, pool::json);
		EngineBenchmark shipped = engine(producers, Kept.SHIPPED);
		EngineBenchmark nothing = engine(producers, Kept.NOTHING);
		try {
			for (int round = -WARM_UP; round < rounds; round++) {
				runAll(round >= 0);
			}
		}
		finally {
			pool.stop();
			shipped.stop();
			nothing.stop();
		}
		table();
	}

	private EngineBenchmark engine(int producers, Kept kept) {
		EngineBenchmark engine = new EngineBenchmark();
		engine.producers = producers;
		engine.kept = kept;
		engine.start();
		this.bodies.put("enqueue, kept " + kept, engine::enqueue);
		this.bodies.put("enqueueAll, kept " + kept, engine::enqueueAll);
		return engine;
	}

	private void runAll(boolean counts) throws Exception {
		for (Map.Entry<String, Body> body : this.bodies.entrySet()) {
			long begin = Rig.CLOCK.nanoTime();
			body.getValue().run();
			double seconds = (Rig.CLOCK.nanoTime() - begin) / 1e9;
			if (counts) {
				this.rates.computeIfAbsent(body.getKey(), (name) -> new ArrayList<>())
					.add(EngineBenchmark.JOBS / seconds);
			}
		}
	}

	private void table() {
		double floor = new Spread(this.rates.getOrDefault(FLOOR, List.of())).at(50);
		Report.row("%-28s %12s %12s %12s %10s".formatted("", "median", "10 %", "90 %", "to JSON"));
		this.rates.forEach((name, values) -> {
			Spread spread = new Spread(values);
			Report.row("%-28s %,12.0f %,12.0f %,12.0f %9.2f".formatted(name, spread.at(50), spread.at(10),
					spread.at(90), spread.at(50) / floor));
		});
	}

	/**
	 * One round.
	 */
	@FunctionalInterface
	private interface Body {

		void run() throws Exception;

	}

}
