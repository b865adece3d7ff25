package dev.q.boot.postgres;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.boot.QAutoConfiguration;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database of a test's own on a real server, with a table, and applications on it.
 */
final class Database implements AutoCloseable {

	private final PostgresPlace place = PostgresServers.shared().freshSchema();

	Database() {
		this.place.server().execute("create table effect (what text not null)");
	}

	PostgresPlace place() {
		return this.place;
	}

	/** An application whose jobs are in its database. */
	ApplicationContextRunner application() {
		return withoutJobs().withUserConfiguration(JobsOfTheApplication.class);
	}

	/** An application whose jobs are nowhere yet. */
	ApplicationContextRunner withoutJobs() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class))
			.withUserConfiguration(Heard.class)
			.withPropertyValues("spring.datasource.url=" + this.place.url(),
					"spring.datasource.username=" + this.place.server().user(),
					"spring.datasource.password=" + this.place.server().password(),
					"spring.datasource.hikari.maximum-pool-size=6", "test.schema=" + this.place.name());
	}

	/** What is committed. */
	List<String> effects() {
		return all("select string_agg(what, ',' order by what) from effect");
	}

	/** Types of the jobs that can be seen, and have not ended. */
	List<String> jobs() {
		return all("select string_agg(type, ',' order by type) from q_job");
	}

	private List<String> all(String query) {
		String all = this.place.server().value(query);
		return (all != null) ? List.of(all.split(",")) : List.of();
	}

	@Override
	public void close() {
		this.place.close();
	}

	static JobStore store(DataSource source, String schema) {
		PostgresSettings settings = PostgresSettings.DEFAULT.withSchema(schema)
			.withWakeup(PostgresSettings.Wakeup.POLL);
		new PostgresSchema(source, settings).migrate();
		return new PostgresStore(settings, source);
	}

	static HikariDataSource pool(Environment environment) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
		pool.setUsername(environment.getRequiredProperty("spring.datasource.username"));
		pool.setPassword(environment.getRequiredProperty("spring.datasource.password"));
		pool.setMaximumPoolSize(6);
		return pool;
	}

	static void write(JdbcTemplate jdbc, String what) {
		jdbc.update("insert into effect values (?)", what);
	}

	@Configuration(proxyBeanMethods = false)
	static class JobsOfTheApplication {

		@Bean
		JobStore jobStore(DataSource source, Environment environment) {
			return store(source, environment.getRequiredProperty("test.schema"));
		}

	}

	/** As well as can be on a bad line. */
	@Configuration(proxyBeanMethods = false)
	static class LossyCommitsOfTheApplication {

		@Bean
		LossyCommits dataSource(Environment environment) {
			return new LossyCommits(pool(environment));
		}

		@Bean
		JobStore jobStore(DataSource source, Environment environment) {
			return store(source, environment.getRequiredProperty("test.schema"));
		}

	}

	/** What listeners were told. */
	static class Heard implements JobListener {

		private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();

		@Override
		public void onEvent(JobEvent event) {
			this.events.add(event);
		}

		/** Types of the jobs of the events of a kind so far. */
		List<String> types(Class<? extends JobEvent> kind) {
			return this.events.stream().filter(kind::isInstance).map((event) -> event.spec().type().value()).toList();
		}

		/** Waits for an event, and forgets those before it. */
		<E extends JobEvent> E await(Class<E> kind) throws InterruptedException {
			while (true) {
				JobEvent event = this.events.poll(30, TimeUnit.SECONDS);
				if (event == null) {
					throw new AssertionError("Nobody heard of " + kind.getSimpleName());
				}
				if (kind.isInstance(event)) {
					return kind.cast(event);
				}
			}
		}

	}

}
