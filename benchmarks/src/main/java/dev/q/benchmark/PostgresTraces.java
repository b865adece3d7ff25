package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.Retention;
import dev.q.store.jdbc.PostgresStore;

/**
 * What jobs leave behind at the server: how much is written ahead for each, and how large
 * the tables are once many have passed through.
 */
final class PostgresTraces {

	private static final int JOBS = 10_000;

	private static final int PASSES = 20;

	private static final List<String> TABLES = List.of("q_job", "q_finished", "q_lease");

	private final LocalPostgres server;

	PostgresTraces(LocalPostgres server) {
		this.server = server;
	}

	void print() {
		try (PostgresStore store = this.server.store()) {
			StoreRounds calls = new StoreRounds(store.work(), QueueName.DEFAULT);
			Report.row("%-40s %8s %8s %8s".formatted("bytes written ahead for a job, by batch", "insert", "claim",
					"settle"));
			for (int batch : List.of(1, 16, 128)) {
				for (Map.Entry<String, Retention> kept : Map
					.of("kept", Retention.DEFAULT, "nothing kept", Retention.NOTHING)
					.entrySet()) {
					ahead(calls, batch, kept);
				}
			}
			pass(calls);
		}
	}

	private void ahead(StoreRounds calls, int batch, Map.Entry<String, Retention> kept) {
		this.server.clear();
		int jobs = (batch == 1) ? JOBS / 10 : JOBS;
		double begin = this.server.walBytes();
		for (int i = 0; i < jobs; i += batch) {
			calls.insertGroup(Math.min(batch, jobs - i));
		}
		double inserted = this.server.walBytes();
		List<List<ClaimedJob>> found = new ArrayList<>(calls.claim(batch, jobs));
		double claimed = this.server.walBytes();
		calls.settle(found, kept.getValue());
		double settled = this.server.walBytes();
		Report.row("%-40s %8.0f %8.0f %8.0f".formatted("by %d, %s".formatted(batch, kept.getKey()),
				(inserted - begin) / jobs, (claimed - inserted) / jobs, (settled - claimed) / jobs));
	}

	/** Autovacuum cleans up at its own time, which is part of what is looked at. */
	private void pass(StoreRounds calls) {
		this.server.clear();
		for (int pass = 1; pass <= PASSES; pass++) {
			calls.insert(JOBS);
			calls.settle(calls.claim(128, JOBS));
			if (pass == 1 || pass == PASSES) {
				Report.row("after %d jobs, of which %d waited at most: %s".formatted(pass * JOBS, JOBS,
						String.join(", ", TABLES.stream().map(this::size).toList())));
			}
		}
	}

	private String size(String table) {
		return "%s %,.0f kB".formatted(table, this.server.bytes(table) / 1024);
	}

}
