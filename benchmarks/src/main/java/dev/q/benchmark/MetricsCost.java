package dev.q.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import dev.q.event.JobEvents;
import dev.q.job.QueueName;
import dev.q.metrics.JobMeters;
import dev.q.metrics.QueueGauges;
import dev.q.metrics.QueueSampler;
import dev.q.metrics.TagValues;
import dev.q.store.JobStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * Redis and PostgreSQL with metrics and without, in turns, and how long a scrape takes
 * while many jobs wait.
 *
 * @since 0.1
 */
public final class MetricsCost {

	private static final int WARM_UP = 3;

	private static final int THREADS = 8;

	private static final int SCRAPES = 100;

	private static final String OFF = "metrics off";

	private static final String ON = "metrics on";

	private final Server server;

	private final Rounds rounds;

	private final Map<String, List<Double>> allocated = new LinkedHashMap<>();

	private final Map<String, List<Double>> calls = new LinkedHashMap<>();

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final TagValues values = new TagValues((type) -> true);

	private MetricsCost(Server server) {
		this.server = server;
		this.rounds = new Rounds(server.cpuMicros);
	}

	/**
	 * Prints the tables.
	 * @param args number of rounds, 20 unless given, and of jobs that wait during the
	 * scrapes, 1000000 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 20;
		int backlog = (args.length > 1) ? Integer.parseInt(args[1]) : 1_000_000;
		try (LocalRedis redis = LocalRedis.open()) {
			redis.head(title("Redis", rounds, 20_000));
			new MetricsCost(new Server(redis::store, redis::clear, redis::cpuMicros, 20_000)).run(rounds, backlog);
		}
		try (LocalPostgres postgres = LocalPostgres.open()) {
			postgres.head(title("PostgreSQL", rounds, 10_000));
			new MetricsCost(new Server(postgres::store, postgres::clear, postgres::cpuMicros, 10_000)).run(rounds,
					backlog);
		}
	}

	private static String title(String store, int rounds, int jobs) {
		return "%s: %d rounds, each of %d jobs with metrics and %d without, one call of enqueue for each, by %d threads"
			.formatted(store, rounds, jobs, jobs, THREADS);
	}

	private void run(int count, int backlog) throws InterruptedException {
		for (int round = -WARM_UP; round < count; round++) {
			if (round == 0) {
				this.rounds.start();
				this.allocated.clear();
				this.calls.clear();
			}
			// Whoever comes second finds the server warmer, so they change places.
			boolean isOnFirst = Math.floorMod(round, 2) == 0;
			once(isOnFirst);
			once(!isOnFirst);
		}
		print();
		scrape(backlog);
	}

	private void once(boolean isOn) throws InterruptedException {
		String name = isOn ? ON : OFF;
		JobEvents events = isOn ? new JobEvents(List.of(new JobMeters(this.registry, this.values))) : JobEvents.NONE;
		try (Rig rig = new Rig(Setting.SHIPPED, new Mail.Nothing(), this.server.store.get(), events);
				Producers producers = new Producers(THREADS)) {
			rig.start();
			long bytes = Allocations.bytes();
			this.rounds.time(name, this.server.jobs, () -> {
				producers.enqueue(1000, 1000 + this.server.jobs, 1, (job) -> rig.template().enqueue(Mail.of(job)));
				rig.tally().awaitSettled(this.server.jobs);
			});
			note(this.allocated, name, Allocations.bytes() - bytes);
			note(this.calls, name, rig.tally().calls());
		}
		this.server.clear.run();
	}

	private void note(Map<String, List<Double>> all, String name, long value) {
		all.computeIfAbsent(name, (key) -> new ArrayList<>()).add((double) value / this.server.jobs);
	}

	private void print() {
		this.rounds.table();
		this.rounds.ratioRow("jobs a second with metrics to those without", this.rounds.ratio(ON, OFF),
				"at least 0.9 is wanted");
		for (String name : List.of(OFF, ON)) {
			Report.row("%-24s %,10.0f bytes allocated and %6.3f calls of the store for each job".formatted(name,
					median(this.allocated, name), median(this.calls, name)));
		}
	}

	private static double median(Map<String, List<Double>> all, String name) {
		return new Spread(all.getOrDefault(name, List.of())).at(50);
	}

	private void scrape(int backlog) {
		try (JobStore store = this.server.store.get()) {
			new StoreRounds(store.work(), QueueName.DEFAULT).insert(backlog);
			QueueSampler sampler = new QueueSampler(store.catalog(), new QueueGauges(this.registry, this.values),
					Duration.ofSeconds(15), Rig.CLOCK);
			long begin = Rig.CLOCK.nanoTime();
			sampler.loop().step();
			double sample = (Rig.CLOCK.nanoTime() - begin) / 1e6;
			List<Double> scrapes = new ArrayList<>();
			int length = 0;
			for (int i = 0; i < SCRAPES; i++) {
				long start = Rig.CLOCK.nanoTime();
				length = this.registry.scrape().length();
				scrapes.add((Rig.CLOCK.nanoTime() - start) / 1e6);
			}
			Spread spread = new Spread(scrapes);
			Report.row("with %d jobs that wait: a sample in the background takes %.1f ms".formatted(backlog, sample));
			Report.row("a scrape of %d characters takes %.2f ms (99 %%: %.2f ms); less than 50 is wanted"
				.formatted(length, spread.at(50), spread.at(99)));
		}
		this.server.clear.run();
	}

	/**
	 * What is measured.
	 *
	 * @param store opens a store
	 * @param clear deletes all jobs
	 * @param cpuMicros processor time that the server has used so far
	 * @param jobs how many jobs a turn has
	 */
	private record Server(Supplier<JobStore> store, Runnable clear, DoubleSupplier cpuMicros, int jobs) {
	}

}
