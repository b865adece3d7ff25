package dev.q.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What several bodies came to that were run in turns, round by round, so that what else
 * the machine does hits all of them alike.
 */
final class Rounds {

	/** Processor time that the server has used so far, in microseconds. */
	private final DoubleSupplier server;

	private final Map<String, List<Double>> rates = new LinkedHashMap<>();

	/** Processor time of an operation, in microseconds. */
	private final Map<String, List<Double>> atServer = new LinkedHashMap<>();

	private final Map<String, List<Double>> here = new LinkedHashMap<>();

	/** Whether rounds count, or only warm up. */
	private boolean counts;

	Rounds(DoubleSupplier server) {
		this.server = server;
	}

	/** From now on rounds count. */
	void start() {
		this.counts = true;
	}

	/**
	 * Runs a body and notes how fast it was.
	 * @param name what it is
	 * @param operations how many operations it makes
	 * @param body what is run
	 */
	void time(String name, int operations, Body body) throws InterruptedException {
		double server = this.server.getAsDouble();
		long cpu = ProcessorTime.nanos();
		long begin = Rig.CLOCK.nanoTime();
		body.run();
		long nanos = Rig.CLOCK.nanoTime() - begin;
		if (this.counts) {
			note(this.rates, name, operations * 1e9 / nanos);
			note(this.here, name, (ProcessorTime.nanos() - cpu) / 1e3 / operations);
			note(this.atServer, name, (this.server.getAsDouble() - server) / operations);
		}
	}

	/**
	 * Notes how fast two bodies of this round are together, that do the one and the other
	 * part of the same work.
	 */
	void join(String name, String first, String second) {
		if (this.counts) {
			note(this.rates, name, 1 / (1 / last(this.rates, first) + 1 / last(this.rates, second)));
			note(this.here, name, last(this.here, first) + last(this.here, second));
			note(this.atServer, name, last(this.atServer, first) + last(this.atServer, second));
		}
	}

	private static double last(Map<String, List<Double>> values, String name) {
		List<Double> known = values.getOrDefault(name, List.of());
		return known.get(known.size() - 1);
	}

	private static void note(Map<String, List<Double>> values, String name, double value) {
		values.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
	}

	Spread of(String name) {
		return new Spread(values(name));
	}

	/**
	 * How two bodies compare, each round by itself.
	 */
	Spread ratio(String name, String to) {
		List<Double> above = values(name);
		List<Double> below = values(to);
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < above.size(); i++) {
			ratios.add(above.get(i) / below.get(i));
		}
		return new Spread(ratios);
	}

	private List<Double> values(String name) {
		List<Double> known = this.rates.get(name);
		if (known == null) {
			throw new IllegalArgumentException("Nothing was run by the name of " + name);
		}
		return known;
	}

	/**
	 * Prints the rates, and what an operation takes of the processors here and at the
	 * server, which is what remains comparable while others use the machine.
	 */
	void table() {
		Report.row("%-48s %10s %10s %10s %9s %9s".formatted("operations a second; CPU us of an operation", "median",
				"10 %", "90 %", "client", "server"));
		this.rates.keySet().forEach((name) -> {
			Spread spread = of(name);
			Report.row("%-48s %,10.0f %,10.0f %,10.0f %9.2f %9.2f".formatted(name, spread.at(50), spread.at(10),
					spread.at(90), median(this.here, name), median(this.atServer, name)));
		});
	}

	private static double median(Map<String, List<Double>> values, String name) {
		return new Spread(values.getOrDefault(name, List.of())).at(50);
	}

	/**
	 * Prints a ratio beside what is wanted of it.
	 */
	void ratioRow(String what, Spread ratio, String target) {
		Report.row("%-64s %6.2f (%.2f to %.2f)  %s".formatted(what, ratio.at(50), ratio.at(10), ratio.at(90), target));
	}

	/**
	 * What is run.
	 */
	@FunctionalInterface
	interface Body {

		void run() throws InterruptedException;

	}

}
