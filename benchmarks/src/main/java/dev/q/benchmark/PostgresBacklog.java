package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;

import dev.q.store.ClaimedJob;
import dev.q.store.jdbc.PostgresStore;

/**
 * What a million jobs that wait change: the rates of insert, claim and settle against
 * those of an empty queue, what the tables take for each of them, and how long it takes
 * to count them.
 *
 * @since 0.1
 */
public final class PostgresBacklog {

	private static final int WARM_UP = 3;

	private static final int ROUNDS = 15;

	/** Jobs of a round. */
	private static final int JOBS = 10_000;

	private static final int BATCH = 100;

	private static final int LOOKS = 100;

	private static final String EMPTY = ", empty queue";

	private static final String BACKLOG = ", backlog";

	private final LocalPostgres server;

	private final Rounds rounds;

	private PostgresBacklog(LocalPostgres server) {
		this.server = server;
		this.rounds = new Rounds(server::cpuMicros);
	}

	/**
	 * Prints the table.
	 * @param args number of jobs that wait; 1 000 000 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int jobs = (args.length > 0) ? Integer.parseInt(args[0]) : 1_000_000;
		try (LocalPostgres server = LocalPostgres.open()) {
			server.head("PostgreSQL: %d jobs that wait, %d rounds of %d jobs in batches of %d".formatted(jobs, ROUNDS,
					JOBS, BATCH));
			new PostgresBacklog(server).measure(jobs);
		}
	}

	private void measure(int jobs) throws InterruptedException {
		try (PostgresStore store = this.server.store()) {
			StoreRounds empty = new StoreRounds(store.work(), Rig.queue(0));
			StoreRounds full = new StoreRounds(store.work(), Rig.queue(1));
			double before = this.server.bytes("q_job");
			full.insert(jobs);
			Report.row("table and indexes for each job that waits: %.1f bytes"
				.formatted((this.server.bytes("q_job") - before) / jobs));
			for (int round = -WARM_UP; round < ROUNDS; round++) {
				if (round == 0) {
					this.rounds.start();
				}
				round(empty, EMPTY);
				round(full, BACKLOG);
			}
			this.rounds.table();
			for (String what : List.of("insert", "claim", "settle")) {
				this.rounds.ratioRow(what + BACKLOG + " to" + EMPTY, this.rounds.ratio(what + BACKLOG, what + EMPTY),
						"at least 0.8 is wanted");
			}
			printLooks(store);
		}
	}

	/** What is inserted is behind the backlog, and as much is taken from its front. */
	private void round(StoreRounds calls, String where) throws InterruptedException {
		this.rounds.time("insert" + where, JOBS, () -> {
			for (int i = 0; i < JOBS; i += BATCH) {
				calls.insertGroup(BATCH);
			}
		});
		List<List<ClaimedJob>> found = new ArrayList<>();
		this.rounds.time("claim" + where, JOBS, () -> found.addAll(calls.claim(BATCH, JOBS)));
		this.rounds.time("settle" + where, JOBS, () -> calls.settle(found));
	}

	private static void printLooks(PostgresStore store) {
		List<Double> millis = new ArrayList<>();
		for (int look = 0; look < LOOKS; look++) {
			long begin = Rig.CLOCK.nanoTime();
			store.catalog().queues();
			millis.add((Rig.CLOCK.nanoTime() - begin) / 1e6);
		}
		Spread looks = new Spread(millis);
		Report.row("counts of all queues: p50 %.2f ms, p99 %.2f ms".formatted(looks.at(50), looks.at(99)));
	}

}
