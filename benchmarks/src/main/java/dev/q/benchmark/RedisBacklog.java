package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;

import dev.q.store.ClaimedJob;
import dev.q.store.redis.RedisStore;

/**
 * What a million jobs that wait change: the rates of insert, claim and settle against
 * those of an empty queue, the memory of the server for each of them, and how long it
 * takes to count them.
 *
 * @since 0.1
 */
public final class RedisBacklog {

	private static final int WARM_UP = 3;

	private static final int ROUNDS = 15;

	/** Jobs of a round. */
	private static final int JOBS = 10_000;

	private static final int BATCH = 100;

	private static final int LOOKS = 500;

	private static final String EMPTY = ", empty queue";

	private static final String BACKLOG = ", backlog";

	private final LocalRedis server;

	private final Rounds rounds;

	private RedisBacklog(LocalRedis server) {
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
		try (LocalRedis server = LocalRedis.open()) {
			server.head("Redis: %d jobs that wait, %d rounds of %d jobs in batches of %d".formatted(jobs, ROUNDS, JOBS,
					BATCH));
			new RedisBacklog(server).measure(jobs);
		}
	}

	private void measure(int jobs) throws InterruptedException {
		try (RedisStore store = this.server.store()) {
			StoreRounds empty = new StoreRounds(store.work(), Rig.queue(0));
			StoreRounds full = new StoreRounds(store.work(), Rig.queue(1));
			full.insert(BATCH);
			long before = memory();
			full.insert(jobs);
			Report.row("memory of the server for each job that waits: %.1f bytes; at most 260 are wanted"
				.formatted((double) (memory() - before) / jobs));
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
			Spread looks = looks(store);
			Report.row(
					"counts: p50 %.2f ms, p99 %.2f ms; less than 2 ms is wanted".formatted(looks.at(50), looks.at(99)));
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

	private long memory() {
		return Long.parseLong(this.server.info("memory", "used_memory"));
	}

	private static Spread looks(RedisStore store) {
		List<Double> millis = new ArrayList<>();
		for (int look = 0; look < LOOKS; look++) {
			long begin = Rig.CLOCK.nanoTime();
			store.catalog().queues();
			millis.add((Rig.CLOCK.nanoTime() - begin) / 1e6);
		}
		return new Spread(millis);
	}

}
