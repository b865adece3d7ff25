package dev.q.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

import com.sun.management.ThreadMXBean;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;

/**
 * What a job costs on its way, with no option set: time, bytes that are allocated here,
 * and what the server is asked. To compare two versions, run the programs of both in
 * turns: rates scatter with the machine, counts hardly do.
 *
 * @since 0.1
 */
public final class HotPath {

	private static final int WARM_UP = 3;

	private static final int JOBS = 10_000;

	private static final int SINGLE = 1000;

	private static final int BATCH = 16;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** By name of what is counted. */
	private final Map<String, DoubleSupplier> counters;

	private final Map<String, List<Double>> values = new LinkedHashMap<>();

	private boolean counts;

	private HotPath(Map<String, DoubleSupplier> counters) {
		this.counters = new LinkedHashMap<>(counters);
		this.counters.put("bytes allocated", HotPath::allocated);
	}

	/**
	 * Prints a row for each step and counter.
	 * @param args number of rounds, 10 unless given; and the stores, all unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 10;
		List<String> stores = (args.length > 1) ? List.of(args).subList(1, args.length)
				: List.of("memory", "redis", "postgres");
		Report.head("%d rounds of %d jobs; medians, of each job".formatted(rounds, JOBS));
		for (String store : stores) {
			switch (store) {
				case "memory" -> new HotPath(Map.of()).run(store, rounds,
						() -> Rig.memory(Setting.SHIPPED.withCapacity(2 * JOBS)), () -> {
						});
				case "redis" -> redis(rounds);
				case "postgres" -> postgres(rounds);
				default -> throw new IllegalArgumentException("There is no store " + store);
			}
		}
	}

	private static void redis(int rounds) throws InterruptedException {
		try (LocalRedis server = LocalRedis.open()) {
			Map<String, DoubleSupplier> counters = Map.of("commands at the server",
					() -> number(server, "total_commands_processed"), "bytes to the server",
					() -> number(server, "total_net_input_bytes"), "bytes from the server",
					() -> number(server, "total_net_output_bytes"));
			new HotPath(counters).run("redis", rounds, server::store, server::clear);
		}
	}

	private static double number(LocalRedis server, String name) {
		return Double.parseDouble(server.info("stats", name));
	}

	private static void postgres(int rounds) throws InterruptedException {
		try (LocalPostgres server = LocalPostgres.open()) {
			CountedSource source = new CountedSource(server.pool());
			Map<String, DoubleSupplier> counters = Map.of("statements", source::executed, "bytes written ahead",
					server::walBytes);
			new HotPath(counters).run("postgres", rounds, () -> server.store(source), server::clear);
		}
	}

	/** Of all threads that live: one that has ended is left out. */
	private static double allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

	private void run(String name, int rounds, Source source, Runnable clear) throws InterruptedException {
		for (int round = -WARM_UP; round < rounds; round++) {
			this.counts = round >= 0;
			calls(source);
			clear.run();
			engine(source);
			clear.run();
		}
		this.values.forEach((what, known) -> {
			Spread spread = new Spread(known);
			Report.row("%-9s %-58s %,14.2f %,14.2f %,14.2f".formatted(name, what, spread.at(50), spread.at(10),
					spread.at(90)));
		});
	}

	/** Calls of the store, one after the other, always as many. */
	private void calls(Source source) throws InterruptedException {
		try (JobStore store = source.open()) {
			StoreRounds calls = new StoreRounds(store.work(), QueueName.DEFAULT);
			calls.insert(StoreRounds.CHUNK);
			calls.settle(calls.claim(BATCH, StoreRounds.CHUNK));
			measure("insert by " + StoreRounds.CHUNK, JOBS, () -> calls.insert(JOBS));
			List<List<ClaimedJob>> found = new ArrayList<>();
			measure("claim by " + BATCH, JOBS, () -> found.addAll(calls.claim(BATCH, JOBS)));
			measure("settle by " + BATCH, JOBS, () -> calls.settle(found));
		}
	}

	/**
	 * From the template to the settlement; how many jobs a call carries depends on the
	 * machine.
	 */
	private void engine(Source source) throws InterruptedException {
		try (Rig rig = new Rig(Setting.SHIPPED.withCapacity(2 * JOBS), new Mail.Nothing(), source.open())) {
			measure("enqueue, one by one", SINGLE, () -> {
				for (int i = 0; i < SINGLE; i++) {
					rig.template().enqueue(Mail.of(1000 + i));
				}
			});
			measure("engine, from its start to the last settlement", SINGLE,
					() -> rig.start().tally().awaitSettled(SINGLE));
		}
	}

	private void measure(String name, int jobs, Rounds.Body body) throws InterruptedException {
		Map<String, Double> before = new LinkedHashMap<>();
		this.counters.forEach((what, counter) -> before.put(what, counter.getAsDouble()));
		long begin = Rig.CLOCK.nanoTime();
		body.run();
		long nanos = Rig.CLOCK.nanoTime() - begin;
		if (this.counts) {
			note(name + ", us", nanos / 1e3 / jobs);
			this.counters.forEach((what, counter) -> note(name + ", " + what,
					(counter.getAsDouble() - before.getOrDefault(what, 0.0)) / jobs));
		}
	}

	private void note(String what, double value) {
		this.values.computeIfAbsent(what, (key) -> new ArrayList<>()).add(value);
	}

	/**
	 * Opens a store.
	 */
	@FunctionalInterface
	private interface Source {

		JobStore open();

	}

}
