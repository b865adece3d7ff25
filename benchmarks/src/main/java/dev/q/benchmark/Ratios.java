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

	private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

	private Ratios() {
	}

	/**
	 * Prints the table.
	 * @param args number of rounds, 30 unless given, and of producers, both 1 and 2
	 * unless given
	 * @throws Exception if a round fails
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 30;
		List<Integer> counts = (args.length > 1) ? List.of(Integer.valueOf(args[1])) : List.of(1, 2);
		for (int producers : counts) {
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
			long cpu = ProcessorTime.nanos();
			long begin = Rig.CLOCK.nanoTime();
			body.getValue().run();
			Round round = new Round(Rig.CLOCK.nanoTime() - begin, ProcessorTime.nanos() - cpu);
			if (counts) {
				this.rounds.computeIfAbsent(body.getKey(), (name) -> new ArrayList<>()).add(round);
			}
		}
	}

	private void table() {
		double floor = rates(this.rounds.getOrDefault(FLOOR, List.of())).at(50);
		Report.row("%-28s %12s %12s %12s %9s %9s".formatted("", "median/s", "10 %", "90 %", "to JSON", "CPU us"));
		this.rounds.forEach((name, values) -> {
			Spread rates = rates(values);
			Spread costs = new Spread(values.stream().map(Round::cpuMicros).toList());
			Report.row("%-28s %,12.0f %,12.0f %,12.0f %9.2f %9.2f".formatted(name, rates.at(50), rates.at(10),
					rates.at(90), rates.at(50) / floor, costs.at(50)));
		});
	}

	private static Spread rates(List<Round> rounds) {
		return new Spread(rounds.stream().map(Round::rate).toList());
	}

	/**
	 * What one round took.
	 *
	 * @param nanos by the clock
	 * @param cpuNanos of the processors
	 */
	private record Round(long nanos, long cpuNanos) {

		/**
		 * Jobs a second.
		 */
		double rate() {
			return EngineBenchmark.JOBS * 1e9 / this.nanos;
		}

		/**
		 * Processor time of a job, all threads of the process together.
		 */
		double cpuMicros() {
			return this.cpuNanos / 1e3 / EngineBenchmark.JOBS;
		}

	}

	/**
	 * What is run for a round.
	 */
	@FunctionalInterface
	private interface Body {

		void run() throws Exception;

	}

}
