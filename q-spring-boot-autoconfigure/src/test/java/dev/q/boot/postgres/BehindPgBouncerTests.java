package dev.q.boot.postgres;

import java.util.Map;

import dev.q.JobTemplate;
import dev.q.test.server.postgres.PgBouncer;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real PgBouncer that lends connections for one transaction, fewer than the
 * application's pool has.
 */
@Timeout(120)
class BehindPgBouncerTests {

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final PgBouncer bouncer = PgBouncer.over(this.database.server(), Map.of("default_pool_size", "2"));

	private final ApplicationContextRunner application = Applications.as(this.bouncer.server().user(),
			this.bouncer.server().password(), this.bouncer.url() + "?prepareThreshold=0");

	@AfterEach
	void close() {
		this.bouncer.close();
		this.database.close();
	}

	@Test
	void jobsAreFoundByPolling() {
		Greeter.assertAJobRuns(this.application.withPropertyValues("q.postgres.wakeup=poll"));
	}

	@Test
	void jobsAreHeardOfStraightFromTheServer() {
		PostgresServer server = this.database.server();
		ApplicationContextRunner listening = this.application
			.withPropertyValues("q.postgres.listen-url=" + server.url());

		listening.withPropertyValues("q.worker.enabled=false")
			.run((producer) -> listening.withPropertyValues("q.worker.poll-interval=1h")
				.withUserConfiguration(Greeter.class)
				.run((worker) -> {
					producer.getBean(JobTemplate.class).enqueue("greet", "Ada");

					assertThat(worker.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
				}));
	}

	@Test
	void nothingIsLeftInTheSessionsThatOthersGet() {
		this.application.withPropertyValues("q.postgres.wakeup=poll")
			.withUserConfiguration(Greeter.class)
			.run((context) -> {
				context.getBean(JobTemplate.class).enqueue("greet", "Ada");
				assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");

				JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
				assertThat(jdbc.queryForList("select name from pg_settings where source = 'session' and name not in "
						+ "('application_name', 'client_encoding', 'DateStyle', 'TimeZone', 'extra_float_digits', 'standard_conforming_strings')",
						String.class))
					.isEmpty();
				assertThat(jdbc.queryForObject("select count(*) from pg_prepared_statements", Long.class)).isZero();
				// Of sessions in which a statement runs they may be there: they end with
				// it.
				assertThat(jdbc.queryForObject("select count(*) from pg_locks l join pg_stat_activity a using (pid) "
						+ "where l.locktype = 'advisory' and a.state = 'idle'", Long.class))
					.isZero();
			});
	}

}
