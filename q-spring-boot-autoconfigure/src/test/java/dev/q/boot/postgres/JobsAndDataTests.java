package dev.q.boot.postgres;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A job and the data that it is about, in one transaction of an application that is wired
 * by its properties alone.
 */
@Timeout(120)
class JobsAndDataTests {

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final ApplicationContextRunner application = Applications.on(this.database.server())
		.withUserConfiguration(Shop.class, Greeter.class);

	@BeforeEach
	void makeATable() {
		this.database.server().execute("create table customer (name text not null)");
	}

	@AfterEach
	void dropTheDatabase() {
		this.database.close();
	}

	@Test
	void theyCommitTogether() {
		this.application.run((context) -> {
			JobReceipt receipt = context.getBean(Customers.class).add("Ada");

			assertThat(receipt.status()).isEqualTo(JobReceipt.Status.JOINED);
			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			assertThat(customers()).isEqualTo("1");
		});
	}

	@Test
	void theyVanishTogether() {
		this.application.run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Customers.class).addInVain("Ada"));

			assertThat(customers()).isEqualTo("0");
			assertThat(this.database.server().value("select count(*) from q.q_jobs")).isEqualTo("0");
			context.getBean(JobTemplate.class).enqueue("greet", "Bob");
			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Bob");
		});
	}

	@Test
	void aTransactionalHandlerNeedsTheDatabaseOfTheJobs() {
		this.application.withUserConfiguration(Cashier.class).run((context) -> assertThat(context).hasNotFailed());
		try (PostgresPlace jobs = PostgresServers.shared().freshDatabase()) {
			this.application.withUserConfiguration(Cashier.class, JobsOnPostgresTests.JobsElsewhere.class)
				.withPropertyValues("test.url=" + jobs.url(), "test.user=" + jobs.server().user(),
						"test.password=" + jobs.server().password())
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("another DataSource"));
		}
	}

	private String customers() {
		return this.database.server().value("select count(*) from customer");
	}

	@Configuration(proxyBeanMethods = false)
	static class Shop {

		@Bean
		Customers customers(JdbcTemplate jdbc, JobTemplate jobs) {
			return new Customers(jdbc, jobs);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Cashier {

		@JobHandler(value = "charge", transactional = true)
		void charge() {
			// never runs
		}

	}

	static class Customers {

		private final JdbcTemplate jdbc;

		private final JobTemplate jobs;

		Customers(JdbcTemplate jdbc, JobTemplate jobs) {
			this.jdbc = jdbc;
			this.jobs = jobs;
		}

		@Transactional
		JobReceipt add(String name) {
			this.jdbc.update("insert into customer values (?)", name);
			return this.jobs.enqueue("greet", name);
		}

		@Transactional
		JobReceipt addInVain(String name) {
			add(name);
			throw new IllegalStateException("Not today");
		}

	}

}
