package dev.q.test.scene;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.PostgresHost;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs flow while two transactions are open that keep PostgreSQL from cleaning up: one
 * that has written, and one that looks at one state of everything.
 */
class PinnedFlowTests {

	private static final Logger logger = LoggerFactory.getLogger(PinnedFlowTests.class);

	private static final Duration SHORT = Duration.ofSeconds(20);

	private static final Duration LONG = Duration.ofMinutes(10);

	private static final int PARTS = 10;

	/**
	 * How many parts at the beginning, and at the end, are looked at. The fastest of them
	 * counts: what else the machine does only slows.
	 */
	private static final int COMPARED = 3;

	private static final double KEPT = 0.8;

	private static final int LOST = 20;

	private static final Duration LEASE = Duration.ofSeconds(2);

	/** From the end of the lease, as promised. */
	private static final Duration LIMIT = Duration.ofSeconds(30);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#onePostgres")
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void jobsOfALostWorkerAreRunAgainAndNoneIsLost(PostgresHost.Kind kind) throws SQLException {
		flow(kind, SHORT);
	}

	@Tag("deep")
	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#postgres")
	@Timeout(value = 15, unit = TimeUnit.MINUTES)
	void tenMinutesCostAFifthOfTheSpeedAtMost(PostgresHost.Kind kind) throws SQLException {
		List<Double> rates = flow(kind, LONG);
		double first = Collections.max(rates.subList(0, COMPARED));
		double last = Collections.max(rates.subList(PARTS - COMPARED, PARTS));
		assertThat(last).isGreaterThanOrEqualTo(KEPT * first);
	}

	/**
	 * @return jobs in a second, in each part of the time
	 */
	private static List<Double> flow(PostgresHost.Kind kind, Duration length) throws SQLException {
		try (PostgresHost host = kind.start();
				JobStore store = host.open();
				Connection writing = host.server().server().connect();
				Connection looking = host.server().server().connect();
				Flow flow = Flow.on(store)) {
			execute(writing, "create table other (n int)");
			writing.setAutoCommit(false);
			execute(writing, "insert into other values (1)");
			looking.setAutoCommit(false);
			execute(looking, "set transaction isolation level repeatable read");
			execute(looking, "select count(*) from q.q_job");
			// Not measured: everything is compiled only now.
			measure(flow, length.dividedBy(PARTS));
			List<Double> rates = IntStream.range(0, PARTS)
				.mapToObj((part) -> measure(flow, length.dividedBy(PARTS)))
				.toList();
			Duration recovery = recover(flow, store);
			flow.drain();
			logger.info(
					"{}: {} jobs in {} under two open transactions, {} a second; lost jobs done {} ms after the claim",
					kind, flow.stored(), length, rates.stream().map(Math::round).toList(), recovery.toMillis());
			assertThat(flow.done()).isEqualTo(flow.stored());
			Jobs jobs = new Jobs(store);
			assertThat(jobs.count(JobState.READY) + jobs.count(JobState.RUNNING) + jobs.count(JobState.DEAD)).isZero();
			writing.rollback();
			looking.rollback();
			return rates;
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static double measure(Flow flow, Duration length) {
		long start = System.nanoTime();
		long before = flow.done();
		while (System.nanoTime() - start < length.toNanos()) {
			LockSupport.parkNanos(length.toNanos() - (System.nanoTime() - start));
		}
		return (flow.done() - before) * 1e9 / (System.nanoTime() - start);
	}

	/**
	 * Claims jobs and never comes back to them.
	 * @return how long it took until they were done
	 */
	private static Duration recover(Flow flow, JobStore store) {
		HandWorker dead = HandWorker.of(store, "dead").on(Stores.QUEUE).leasing(LEASE);
		List<JobId> lost = new ArrayList<>();
		// The lease may be over, and the jobs done, before anybody asks for them.
		flow.note();
		long start = System.nanoTime();
		// A producer that stands still for a moment leaves nothing to claim.
		Patience.until("jobs can be claimed", LIMIT, () -> lost.addAll(dead.claimIds(LOST)));
		flow.awaitNoted(lost, LEASE.plus(LIMIT));
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
