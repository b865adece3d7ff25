package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Settlement;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresSettings.Wakeup;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What claims read while a transaction that is open for long keeps the server from
 * cleaning up: what they read of the index must not grow with the jobs that are done.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PinnedVacuumTests {

	private static final Logger logger = LoggerFactory.getLogger(PinnedVacuumTests.class);

	private static final int ROUNDS = 40;

	private static final int JOBS = 500;

	private static final int BATCH = 50;

	/** Longer than claims wait for the end of a transaction. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final String LANES = "q_job_lane";

	private static final String LEASES = "q_lease_until";

	@ParameterizedTest
	@EnumSource
	void claimsReadNoMoreThanBefore(Pin pin) throws SQLException {
		List<Map<String, Cost>> costs = costs(pin, PostgresSettings.DEFAULT);
		for (String index : List.of(LANES, LEASES)) {
			Cost early = costs.get(0).get(index);
			Cost late = costs.get(1).get(index);
			assertThat(late.entries()).as("entries of %s", index).isLessThanOrEqualTo(2 * early.entries());
			assertThat(late.blocks()).as("blocks of %s", index).isLessThanOrEqualTo(2 * early.blocks());
		}
	}

	/**
	 * If this fails, the other test shows nothing.
	 */
	@ParameterizedTest
	@EnumSource
	void withoutALowerBoundClaimsReadAllThatIsDone(Pin pin) throws SQLException {
		List<Map<String, Cost>> costs = costs(pin, PostgresSettings.DEFAULT.withLowerBound(false));
		assertThat(costs.get(1).get(LANES).entries()).isGreaterThan(5 * costs.get(0).get(LANES).entries());
	}

	/**
	 * Works jobs off while a transaction is open.
	 * @return what a round costs at the beginning, and at the end
	 */
	private static List<Map<String, Cost>> costs(Pin pin, PostgresSettings settings) throws SQLException {
		// Statistics can be had at once, by the connection whose they are, since 15.
		PostgresServer server = PostgresServers.shared(PostgresSource.ARTIFACT18);
		SingleConnectionDataSource connection = new SingleConnectionDataSource(server.url(), server.user(),
				server.password(), true);
		PostgresTarget target = new PostgresTarget(server, connection, connection);
		try (PostgresStoreFixture fixture = new PostgresStoreFixture(target, settings.withWakeup(Wakeup.POLL));
				Connection other = server.connect()) {
			fixture.jdbc().execute("create table %s.other (n int)".formatted(fixture.schema()));
			pin.open(other, fixture.schema());
			round(fixture);
			fixture.advance(PATIENCE);
			// The first one learns where to begin.
			round(fixture);
			round(fixture);
			Map<String, Cost> early = round(fixture);
			for (int i = 0; i < ROUNDS; i++) {
				round(fixture);
			}
			Map<String, Cost> late = round(fixture);
			logger.info("{}, bound {}: {} after {} jobs, {} after {}", pin, settings.lowerBound(), early, 4 * JOBS,
					late, (ROUNDS + 5) * JOBS);
			other.rollback();
			return List.of(early, late);
		}
		finally {
			connection.destroy();
		}
	}

	/**
	 * Works some jobs off.
	 * @return what the claims read of the lanes, and what the look for lost leases did of
	 * those
	 */
	private static Map<String, Cost> round(PostgresStoreFixture fixture) {
		JobStore store = fixture.store();
		enqueue(store);
		HandWorker worker = HandWorker.of(store, "w-1");
		Cost lanesBefore = cost(fixture, LANES);
		List<ClaimedJob> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS / BATCH; i++) {
			jobs.addAll(worker.claim(BATCH));
		}
		Cost lanes = cost(fixture, LANES).minus(lanesBefore);
		assertThat(jobs).hasSize(JOBS);
		worker.settle(jobs.stream()
			.map((job) -> new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE)))
			.toArray(Settlement[]::new));
		fixture.advance(HandWorker.LEASE.plusSeconds(1));
		Cost leasesBefore = cost(fixture, LEASES);
		assertThat(store.maintenance().recoverExpired(JOBS)).isEmpty();
		return Map.of(LANES, lanes, LEASES, cost(fixture, LEASES).minus(leasesBefore));
	}

	private static void enqueue(JobStore store) {
		List<NewJob> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			jobs.add(JobDraft.aJob().toNewJob());
		}
		store.work().insert(List.of(InsertGroup.of(jobs)));
	}

	private static Cost cost(PostgresStoreFixture fixture, String index) {
		JdbcTemplate jdbc = fixture.jdbc();
		jdbc.execute("select pg_stat_force_next_flush()");
		return jdbc.queryForObject("""
				select i.idx_tup_read, b.idx_blks_hit + b.idx_blks_read from pg_stat_user_indexes i
					join pg_statio_user_indexes b using (indexrelid) where i.schemaname = ? and i.indexrelname = ?
				""", (row, number) -> new Cost(row.getLong(1), row.getLong(2)), fixture.schema(), index);
	}

	/**
	 * What was read of an index.
	 *
	 * @param entries how many entries
	 * @param blocks how many blocks, each as often as it was read
	 */
	private record Cost(long entries, long blocks) {

		Cost minus(Cost other) {
			return new Cost(this.entries - other.entries, this.blocks - other.blocks);
		}

	}

	/**
	 * What keeps the server from cleaning up.
	 */
	enum Pin {

		/** A transaction that has written. */
		WRITER {

			@Override
			void begin(Statement statement, String schema) throws SQLException {
				statement.execute("insert into %s.other values (1)".formatted(schema));
			}

		},

		/** A transaction that looks at one state of everything. */
		SNAPSHOT {

			@Override
			void begin(Statement statement, String schema) throws SQLException {
				statement.execute("set transaction isolation level repeatable read");
				statement.execute("select from %s.other".formatted(schema));
			}

		};

		abstract void begin(Statement statement, String schema) throws SQLException;

		void open(Connection connection, String schema) throws SQLException {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				begin(statement, schema);
			}
		}

	}

}
