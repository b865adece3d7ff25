package dev.q.benchmark;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.q.JobRequest;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;

/**
 * The store in PostgreSQL from {@code enqueue} to the settlement, in turns with bare
 * statements on the same server, and what they come to beside each other.
 *
 * @since 0.1
 */
public final class PostgresRatios {

	private static final int WARM_UP = 2;

	/** Calls of a body that makes them one by one, and how often it does in a round. */
	private static final int CALLS = 200;

	private static final int TURNS = 5;

	/** Jobs of a body that handles them in batches. */
	private static final int JOBS = 10_000;

	private static final int THREADS = 8;

	private static final List<Integer> BATCHES = List.of(16, 128);

	private static final List<Setting> SETTINGS = List.of(Setting.SHIPPED, Setting.SHIPPED.withConcurrency(64));

	private static final List<Integer> WORKERS = List.of(1, 2, 4);

	private static final String INSERT = "enqueueAll by " + StoreRounds.CHUNK;

	private static final String BARE_INSERT = "bare insert by " + StoreRounds.CHUNK;

	private final LocalPostgres server;

	private final BareTable bare;

	private final Rounds rounds;

	/** Of the settings, in their order: how many jobs a claim brought, each round. */
	private final List<List<Double>> claims = new ArrayList<>();

	private PostgresRatios(LocalPostgres server) {
		this.server = server;
		this.rounds = new Rounds(server::cpuMicros);
		this.bare = new BareTable(server, JacksonPayloadCodec.standard().encode(Mail.of(1000)).toByteArray());
		SETTINGS.forEach((setting) -> this.claims.add(new ArrayList<>()));
	}

	/**
	 * Prints the tables.
	 * @param args number of rounds, 10 unless given
	 * @throws Exception if somebody ends the run, or the server fails
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 10;
		try (LocalPostgres server = LocalPostgres.open()) {
			server.head("PostgreSQL: %d rounds, each of %d times %d single calls and of %d jobs in batches"
				.formatted(rounds, TURNS, CALLS, JOBS));
			PostgresRatios ratios = new PostgresRatios(server);
			for (int round = -WARM_UP; round < rounds; round++) {
				if (round == 0) {
					ratios.rounds.start();
				}
				ratios.round();
			}
			ratios.print();
			new PostgresTraces(server).print();
		}
	}

	private void round() throws Exception {
		single();
		for (int batch : BATCHES) {
			storeAlone(batch);
			drainBare(batch, WORKERS.subList(0, 1));
		}
		for (int i = 0; i < SETTINGS.size(); i++) {
			this.claims.get(i).add(drain(SETTINGS.get(i)));
			drainBare(meanBatch(i), WORKERS);
			this.rounds.join(cycle(SETTINGS.get(i)), INSERT, drained(SETTINGS.get(i)));
			for (int workers : WORKERS) {
				this.rounds.join(bareCycle(meanBatch(i), workers), BARE_INSERT, bareName(meanBatch(i), workers));
			}
		}
	}

	/**
	 * A few calls of each in turns, so that a moment in which others use the machine hits
	 * all of them.
	 */
	private void single() throws Exception {
		BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
		for (int i = 0; i < THREADS; i++) {
			connections.add(this.server.connect());
		}
		try (Rig rig = rig(Setting.SHIPPED); Producers producers = new Producers(THREADS)) {
			rig.template().enqueue(Mail.of(1000));
			for (int turn = 0; turn < TURNS; turn++) {
				Connection one = connections.element();
				this.rounds.time("bare select", CALLS, () -> this.bare.ping(one, CALLS));
				this.rounds.time("bare insert of one job", CALLS, () -> this.bare.insert(one, 1, CALLS));
				this.rounds.time("enqueue, 1 thread", CALLS, () -> enqueue(rig, 1000, CALLS));
				int jobs = THREADS * CALLS;
				this.rounds.time("bare insert of one job, 8 threads and connections", jobs,
						() -> producers.enqueue(0, jobs, 1, (job) -> insertOne(connections)));
				this.rounds.time("enqueue, 8 threads", jobs,
						() -> producers.enqueue(1000, 1000 + jobs, 1, (job) -> rig.template().enqueue(Mail.of(job))));
			}
		}
		for (Connection connection : connections) {
			connection.close();
		}
		clear();
	}

	private static void enqueue(Rig rig, int first, int jobs) {
		for (int i = first; i < first + jobs; i++) {
			rig.template().enqueue(Mail.of(i));
		}
	}

	private void insertOne(BlockingQueue<Connection> connections) {
		Connection connection = connections.remove();
		this.bare.insert(connection, 1, 1);
		connections.add(connection);
	}

	private void storeAlone(int batch) throws InterruptedException {
		try (Rig rig = rig(Setting.SHIPPED)) {
			StoreRounds store = new StoreRounds(rig.store().work(), QueueName.DEFAULT);
			store.insert(JOBS);
			List<List<ClaimedJob>> found = new ArrayList<>();
			this.rounds.time("store alone, claim by " + batch, JOBS, () -> found.addAll(store.claim(batch, JOBS)));
			this.rounds.time("store alone, settle by " + batch, JOBS, () -> store.settle(found));
			store.insert(JOBS);
			this.rounds.time(alone(batch), JOBS, () -> {
				for (int i = 0; i < JOBS; i += batch) {
					store.settle(store.claim(batch, Math.min(batch, JOBS - i)));
				}
			});
		}
		clear();
	}

	private double drain(Setting setting) throws InterruptedException {
		try (Rig rig = rig(setting)) {
			this.rounds.time(INSERT, JOBS, () -> {
				for (int i = 0; i < JOBS; i += StoreRounds.CHUNK) {
					rig.template().enqueueAll(chunk(i));
				}
			});
			this.rounds.time(drained(setting), JOBS, () -> rig.start().tally().awaitSettled(JOBS));
			return rig.tally().jobsPerClaim();
		}
		finally {
			clear();
		}
	}

	private static List<JobRequest> chunk(int first) {
		List<JobRequest> requests = new ArrayList<>(StoreRounds.CHUNK);
		for (int i = 0; i < StoreRounds.CHUNK; i++) {
			requests.add(JobRequest.of(Mail.of(1000 + first + i)));
		}
		return requests;
	}

	private void drainBare(int batch, List<Integer> counts) throws Exception {
		for (int count : counts) {
			List<BareTable.Worker> workers = this.bare.workers(count);
			try (Connection connection = this.server.connect()) {
				this.rounds.time(BARE_INSERT, JOBS, () -> this.bare.insert(connection, StoreRounds.CHUNK, JOBS));
				this.rounds.time(bareName(batch, count), JOBS, () -> this.bare.drain(batch, workers));
			}
			finally {
				workers.forEach(BareTable.Worker::close);
			}
		}
		clear();
	}

	private void clear() {
		this.server.clear();
		this.bare.clear();
	}

	/** Fixed after the rounds that warm up, so that each round compares the same. */
	private int meanBatch(int setting) {
		List<Double> known = this.claims.get(setting);
		return Math.max(1, (int) Math.round(known.get(Math.min(WARM_UP, known.size()) - 1)));
	}

	private static String alone(int batch) {
		return "store alone, claim and settle by " + batch;
	}

	private static String drained(Setting setting) {
		return "drain, " + setting.deviations();
	}

	private static String cycle(Setting setting) {
		return "enqueueAll and drain, " + setting.deviations();
	}

	private static String bareName(int batch, int workers) {
		return "bare claim and delete by %d, %d worker(s)".formatted(batch, workers);
	}

	private static String bareCycle(int batch, int workers) {
		return "bare insert, claim and delete by %d, %d worker(s)".formatted(batch, workers);
	}

	private Rig rig(Setting setting) {
		return new Rig(setting, new Mail.Nothing(), this.server.store());
	}

	private void print() {
		this.rounds.table();
		Report.row("ratios, median of the rounds (10 % to 90 %)");
		ratio("enqueue, 1 thread", "bare insert of one job", "");
		ratio("enqueue, 8 threads", "enqueue, 1 thread", "at least 4 is wanted");
		ratio("bare insert of one job, 8 threads and connections", "bare insert of one job", "");
		for (int batch : BATCHES) {
			ratio(alone(batch), bareName(batch, 1), "");
		}
		for (int i = 0; i < SETTINGS.size(); i++) {
			Setting setting = SETTINGS.get(i);
			Report.line("%s: %.1f jobs a claim".formatted(drained(setting), new Spread(this.claims.get(i)).at(50)));
			for (int workers : WORKERS) {
				ratio(drained(setting), bareName(meanBatch(i), workers), "");
				ratio(cycle(setting), bareCycle(meanBatch(i), workers), "at least 0.4 is wanted, better 0.5");
			}
		}
	}

	private void ratio(String name, String to, String target) {
		this.rounds.ratioRow(name + " to " + to, this.rounds.ratio(name, to), target);
	}

}
