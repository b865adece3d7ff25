package dev.q.test.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.server.postgres.PostgresProcess;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the planner knows of the tables changes nothing: every statement finds its rows by
 * an index, and looks at no more than twice as many as with statistics that are right.
 * The plans are those which the server really used. It cleans up and counts by itself
 * nowhere here, so that statistics are as old as each test wants them.
 */
class PlanTests {

	private static final Map<String, String> TELLING = Map.of("autovacuum", "off", "session_preload_libraries",
			"auto_explain", "auto_explain.log_min_duration", "0", "auto_explain.log_nested_statements", "on",
			"auto_explain.log_analyze", "on", "auto_explain.log_timing", "off", "auto_explain.log_format", "json",
			"auto_explain.log_level", "notice");

	private static final int MANY = 4000;

	private static final Map<PostgresSource, PostgresProcess> SERVERS = new HashMap<>();

	static Stream<PostgresSource> servers() {
		return PostgresServers.binaries().stream();
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aTableThatWasNeverLookedAtIsReadByItsIndexes(PostgresSource source) {
		try (Scene scene = new Scene(source)) {
			scene.run();
			scene.errands().fill(MANY);

			scene.holdsAgainstFreshStatistics();
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aTableThatWasLookedAtWhenItWasEmptyIsReadByItsIndexes(PostgresSource source) {
		try (Scene scene = new Scene(source)) {
			scene.analyze();
			scene.run();
			scene.errands().fill(MANY);

			scene.holdsAgainstFreshStatistics();
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aTableOfWhichMostWasDeletedIsReadByItsIndexes(PostgresSource source) {
		try (Scene scene = new Scene(source)) {
			scene.errands().fill(MANY);
			scene.analyze();
			scene.run();
			scene.deleteMost();

			scene.holdsAgainstFreshStatistics();
		}
	}

	/** Few rows in many pages: whatever comes in then, the planner knows of few. */
	@ParameterizedTest
	@MethodSource("servers")
	void aTableThatWasRefilledAfterItWasCleanedUpIsReadByItsIndexes(PostgresSource source) {
		try (Scene scene = new Scene(source)) {
			scene.errands().fill(MANY);
			scene.deleteMost();
			scene.vacuum();
			scene.run();
			scene.errands().fill(MANY);

			scene.holdsAgainstFreshStatistics();
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void everyFunctionThatReadsLargeTablesForbidsOtherPlans(PostgresSource source) {
		try (Scene scene = new Scene(source)) {
			assertThat(scene.fixture.jdbc()
				.queryForList(
						"""
								select p.proname from pg_proc p where p.pronamespace = ?::regnamespace
								and p.prosrc ~ 'q_(job|jobs|finished|attempt|lease|unique|waiter)\\M' and p.proname not in ('q_wait_v1')
								and not coalesce(p.proconfig, '{}') @> array['plan_cache_mode=force_generic_plan', 'jit=off',
									'enable_seqscan=off', 'enable_bitmapscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off']
								""",
						String.class, scene.fixture.schema()))
				.isEmpty();
		}
	}

	@AfterEach
	void end() {
		SERVERS.values().forEach(PostgresProcess::close);
		SERVERS.clear();
	}

	/**
	 * A store on a server that tells its plans.
	 */
	private static final class Scene implements AutoCloseable {

		private final HikariDataSource pool;

		private final ExplainedSource explained;

		private final PostgresStoreFixture fixture;

		private final Errands errands;

		Scene(PostgresSource source) {
			PostgresServer server = SERVERS.computeIfAbsent(source, (key) -> PostgresServers.startFrom(key, TELLING))
				.server();
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(server.url());
			config.setUsername(server.user());
			config.setPassword(server.password());
			config.setMaximumPoolSize(1);
			this.pool = new HikariDataSource(config);
			this.explained = new ExplainedSource(this.pool);
			this.fixture = new PostgresStoreFixture(new PostgresTarget(server, this.explained, this.pool),
					PostgresSettings.DEFAULT.withWakeup(PostgresSettings.Wakeup.POLL));
			this.errands = new Errands(this.fixture);
		}

		Errands errands() {
			return this.errands;
		}

		/** Runs all errands. Plans are kept from then on. */
		Map<String, Long> run() {
			Map<String, Long> rows = new LinkedHashMap<>();
			this.explained.take();
			this.errands.all().forEach((name, errand) -> {
				errand.run();
				List<Plan> plans = this.explained.take();
				assertThat(plans.stream().flatMap((plan) -> plan.faults().stream())).as(name).isEmpty();
				rows.put(name, plans.stream().mapToLong(Plan::rowsRead).sum());
			});
			return rows;
		}

		/** With plans from before, with new ones, and with statistics that are right. */
		void holdsAgainstFreshStatistics() {
			Map<String, Long> kept = run();
			this.pool.getHikariPoolMXBean().softEvictConnections();
			Map<String, Long> anew = run();
			analyze();
			Map<String, Long> right = run();

			right.forEach((name, rows) -> {
				assertThat(kept.get(name)).as("rows read to %s by plans from before", name)
					.isLessThanOrEqualTo(2 * rows);
				assertThat(anew.get(name)).as("rows read to %s by new plans", name).isLessThanOrEqualTo(2 * rows);
			});
		}

		void deleteMost() {
			for (String table : List.of("q_job", "q_finished", "q_unique")) {
				this.fixture.jdbc()
					.update("delete from %s.%s where ctid not in (select ctid from %1$s.%2$s order by ctid desc limit 100)"
						.formatted(this.fixture.schema(), table));
			}
		}

		void analyze() {
			this.fixture.jdbc().execute("analyze");
		}

		void vacuum() {
			this.fixture.jdbc().execute("vacuum analyze");
		}

		@Override
		public void close() {
			this.fixture.close();
			this.pool.close();
		}

	}

}
