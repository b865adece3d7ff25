package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;

import dev.q.JobRequest;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;

/**
 * The store in Redis from {@code enqueue} to the settlement, in turns with what the
 * server and one connection to it can do at all, and what they come to beside each other.
 *
 * @since 0.1
 */
public final class RedisRatios {

	private static final int WARM_UP = 3;

	/** Calls of a body that makes them one by one, and how often it does in a round. */
	private static final int CALLS = 500;

	private static final int TURNS = 10;

	/** Jobs of a body that handles them in batches. */
	private static final int JOBS = 20_000;

	private static final int THREADS = 8;

	private static final List<Integer> BATCHES = List.of(16, 128);

	private static final List<Setting> SETTINGS = List.of(Setting.SHIPPED, Setting.SHIPPED.withConcurrency(64));

	private static final List<Integer> WINDOWS = List.of(1, 2, 8);

	private final LocalRedis server;

	private final BareScripts bare;

	private final Rounds rounds;

	/** Of the settings, in their order: how many jobs a claim brought, each round. */
	private final List<List<Double>> claims = new ArrayList<>();

	private RedisRatios(LocalRedis server) {
		this.server = server;
		this.rounds = new Rounds(server::cpuMicros);
		this.bare = new BareScripts(server, JacksonPayloadCodec.standard().encode(Mail.of(1000)).toByteArray());
		SETTINGS.forEach((setting) -> this.claims.add(new ArrayList<>()));
	}

	/**
	 * Prints the tables.
	 * @param args number of rounds, 10 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 10;
		try (LocalRedis server = LocalRedis.open()) {
			server.head("Redis: %d rounds, each of %d times %d single calls and of %d jobs in batches".formatted(rounds,
					TURNS, CALLS, JOBS));
			RedisRatios ratios = new RedisRatios(server);
			for (int round = -WARM_UP; round < rounds; round++) {
				if (round == 0) {
					ratios.rounds.start();
				}
				ratios.round();
			}
			ratios.print();
		}
	}

	private void round() throws InterruptedException {
		single();
		for (int batch : BATCHES) {
			storeAlone(batch);
			drainBare(batch);
		}
		for (int i = 0; i < SETTINGS.size(); i++) {
			this.claims.get(i).add(drain(SETTINGS.get(i)));
			drainBare(meanBatch(i));
		}
	}

	/**
	 * A few calls of each in turns, so that a moment in which others use the machine hits
	 * all of them.
	 */
	private void single() throws InterruptedException {
		try (Rig rig = rig(Setting.SHIPPED); Producers producers = new Producers(THREADS)) {
			rig.template().enqueue(Mail.of(1000));
			for (int turn = 0; turn < TURNS; turn++) {
				this.rounds.time("ping", CALLS, () -> this.bare.ping(CALLS));
				this.rounds.time("bare script that stores one job", CALLS, () -> this.bare.insertOneByOne(CALLS));
				this.rounds.time("enqueue, 1 thread", CALLS, () -> {
					for (int i = 0; i < CALLS; i++) {
						rig.template().enqueue(Mail.of(1000 + i));
					}
				});
				int jobs = THREADS * CALLS;
				this.rounds.time("bare script that stores one job, 8 threads", jobs,
						() -> producers.enqueue(0, jobs, 1, (job) -> this.bare.insertOneByOne(1)));
				this.rounds.time("enqueue, 8 threads", jobs,
						() -> producers.enqueue(1000, 1000 + jobs, 1, (job) -> rig.template().enqueue(Mail.of(job))));
			}
		}
		this.server.clear();
	}

	private void storeAlone(int batch) throws InterruptedException {
		try (Rig rig = rig(Setting.SHIPPED)) {
			StoreRounds store = new StoreRounds(rig.store().work(), QueueName.DEFAULT);
			this.rounds.time("store alone, insert by " + StoreRounds.CHUNK, JOBS, () -> store.insert(JOBS));
			List<List<ClaimedJob>> found = new ArrayList<>();
			this.rounds.time("store alone, claim by " + batch, JOBS, () -> found.addAll(store.claim(batch, JOBS)));
			this.rounds.time("store alone, settle by " + batch, JOBS, () -> store.settle(found));
			store.insert(JOBS);
			this.rounds.time("store alone, claim and settle by " + batch, JOBS, () -> {
				for (int i = 0; i < JOBS; i += batch) {
					store.settle(store.claim(batch, Math.min(batch, JOBS - i)));
				}
			});
		}
		this.server.clear();
	}

	private double drain(Setting setting) throws InterruptedException {
		try (Rig rig = rig(setting)) {
			this.rounds.time("enqueueAll by " + StoreRounds.CHUNK, JOBS, () -> {
				for (int i = 0; i < JOBS; i += StoreRounds.CHUNK) {
					rig.template().enqueueAll(chunk(i));
				}
			});
			this.rounds.time("drain, " + setting.deviations(), JOBS, () -> rig.start().tally().awaitSettled(JOBS));
			return rig.tally().jobsPerClaim();
		}
		finally {
			this.server.clear();
		}
	}

	private static List<JobRequest> chunk(int first) {
		List<JobRequest> requests = new ArrayList<>(StoreRounds.CHUNK);
		for (int i = 0; i < StoreRounds.CHUNK; i++) {
			requests.add(JobRequest.of(Mail.of(1000 + first + i)));
		}
		return requests;
	}

	private void drainBare(int batch) throws InterruptedException {
		for (int window : WINDOWS) {
			this.bare.fill(JOBS);
			this.rounds.time(bareName(batch, window), JOBS, () -> this.bare.drain(batch, window));
		}
		this.server.clear();
	}

	/** Fixed after the rounds that warm up, so that each round compares the same. */
	private int meanBatch(int setting) {
		List<Double> known = this.claims.get(setting);
		return Math.max(1, (int) Math.round(known.get(Math.min(WARM_UP, known.size()) - 1)));
	}

	private static String bareName(int batch, int window) {
		return "bare scripts by %d, %d call(s) under way".formatted(batch, window);
	}

	private Rig rig(Setting setting) {
		return new Rig(setting, new Mail.Nothing(), this.server.store());
	}

	private void print() {
		this.rounds.table();
		Report.row("%-64s %6s".formatted("ratios, median of the rounds (10 % to 90 %)", ""));
		this.rounds.ratioRow("time of an enqueue to that of a ping", this.rounds.ratio("ping", "enqueue, 1 thread"),
				"at most 1.15 is wanted");
		this.rounds.ratioRow("time of an enqueue to that of a bare script which stores a job",
				this.rounds.ratio("bare script that stores one job", "enqueue, 1 thread"), "");
		this.rounds.ratioRow("8 threads to 1", this.rounds.ratio("enqueue, 8 threads", "enqueue, 1 thread"),
				"at least 5 is wanted");
		this.rounds.ratioRow("8 threads with bare scripts to 1",
				this.rounds.ratio("bare script that stores one job, 8 threads", "bare script that stores one job"), "");
		for (int batch : BATCHES) {
			printDrain("store alone, claim and settle by " + batch, batch, "");
		}
		for (int i = 0; i < SETTINGS.size(); i++) {
			String name = "drain, " + SETTINGS.get(i).deviations();
			Report.line("%s: %.1f jobs a claim".formatted(name, new Spread(this.claims.get(i)).at(50)));
			printDrain(name, meanBatch(i), "at least 0.5 is wanted");
		}
	}

	private void printDrain(String name, int batch, String target) {
		for (int window : WINDOWS) {
			String bareName = bareName(batch, window);
			this.rounds.ratioRow(name + " to " + bareName, this.rounds.ratio(name, bareName), target);
		}
	}

}
