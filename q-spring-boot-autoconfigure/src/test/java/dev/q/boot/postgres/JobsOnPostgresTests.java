package dev.q.boot.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.q.JobHandler;
import dev.q.JobTemplate;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.test.server.Patience;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresProcess;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The wiring, on real servers.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class JobsOnPostgresTests {

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final ApplicationContextRunner application = Applications.on(this.database.server());

	@AfterEach
	void dropTheDatabase() {
		this.database.close();
	}

	@Test
	void aJobThatOneApplicationEnqueuesIsRunByAnother() {
		this.application.withPropertyValues("q.worker.enabled=false")
			// Found by its notification alone.
			.run((producer) -> this.application.withPropertyValues("q.worker.poll-interval=1h")
				.withUserConfiguration(Greeter.class)
				.run((worker) -> {
					producer.getBean(JobTemplate.class).enqueue("greet", "Ada");

					assertThat(worker.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
				}));
	}

	@Test
	void theConnectionForNotificationsIsBesideThePool() {
		String listeners = "select count(*) from pg_stat_activity where datname = '%s' and application_name = 'q-listener'"
			.formatted(this.database.name());
		this.application.withUserConfiguration(Greeter.class)
			.run((context) -> Patience.until("somebody listens", Duration.ofSeconds(30),
					() -> "1".equals(this.database.server().value(listeners))));
		this.application.withPropertyValues("q.postgres.wakeup=poll")
			.withUserConfiguration(Greeter.class)
			.run((context) -> {
				context.getBean(JobTemplate.class).enqueue("greet", "Ada");
				assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");

				Patience.until("nobody listens", Duration.ofSeconds(30),
						() -> "0".equals(this.database.server().value(listeners)));
			});
	}

	@Test
	void aJobRunsWithoutNotificationsAndWithoutLowerBounds() {
		Greeter.assertAJobRuns(
				this.application.withPropertyValues("q.postgres.wakeup=poll", "q.postgres.lower-bound=false"));
	}

	@Test
	void schemasDoNotSeeEachOther() {
		this.application.withPropertyValues("q.postgres.schema=one").run((one) -> {
			one.getBean(JobTemplate.class).enqueue("greet", "Ada");

			assertThat(one.getBean(JobStore.class).catalog().queues()).isNotEmpty();
			this.application.withPropertyValues("q.postgres.schema=two")
				.run((two) -> assertThat(two.getBean(JobStore.class).catalog().queues()).isEmpty());
		});
	}

	@Test
	void theStoreIsClosedWithTheApplicationAfterTheWorkerHasHandedItsJobsBack() {
		ApplicationContextRunner stopped = this.application.withPropertyValues("q.worker.shutdown-timeout=0s");
		JobStore[] store = new JobStore[1];

		stopped.withUserConfiguration(Sleeper.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("sleep", null);
			assertThat(context.getBean(Sleeper.class).begun.poll(30, TimeUnit.SECONDS)).isNotNull();
			store[0] = context.getBean(JobStore.class);
		});

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store[0].catalog().queues());
		// Long before the lease of the first attempt ends.
		stopped.withUserConfiguration(Sleeper.class)
			.run((context) -> assertThat(context.getBean(Sleeper.class).begun.poll(10, TimeUnit.SECONDS)).isNotNull());
	}

	@Test
	void aServerThatComesLaterIsFoundAndGetsItsSchema(CapturedOutput output) {
		try (PostgresProcess server = PostgresServers.start(Map.of())) {
			server.kill();
			Applications.on(server.server()).withUserConfiguration(Greeter.class).run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);
				assertThatExceptionOfType(StoreException.class).isThrownBy(() -> jobs.enqueue("greet", "nobody"));

				server.start();
				jobs.enqueue("greet", "Ada");

				assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			});
		}
		assertThat(output).contains("The application starts without it");
	}

	@Test
	void aServerThatIsKilledUnderARunningApplicationIsFoundAgain() {
		try (PostgresProcess server = PostgresServers.start(Map.of())) {
			Applications.on(server.server())
				.withPropertyValues("spring.datasource.hikari.connection-timeout=1000")
				.withUserConfiguration(Greeter.class)
				.run((context) -> {
					JobTemplate jobs = context.getBean(JobTemplate.class);
					jobs.enqueue("greet", "Ada");
					assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");

					server.kill();
					assertThatExceptionOfType(StoreException.class).isThrownBy(() -> jobs.enqueue("greet", "nobody"));
					server.start();
					// The pool may lend connections to the killed server once more.
					Patience.until("a job can be enqueued", Duration.ofSeconds(30), () -> isEnqueued(jobs, "Bob"));

					assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Bob");
				});
		}
	}

	@Test
	void jobsMayHaveADatabaseOfTheirOwn() {
		PostgresServer server = this.database.server();
		try (PostgresPlace jobs = PostgresServers.shared().freshDatabase()) {
			this.application
				.withPropertyValues("test.url=" + jobs.url(), "test.user=" + server.user(),
						"test.password=" + server.password())
				.withUserConfiguration(JobsElsewhere.class, Greeter.class)
				.run((context) -> {
					context.getBean(JobTemplate.class).enqueue("greet", "Ada");

					assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
					assertThat(jobs.server().value("select to_regclass('q.q_job')")).isNotNull();
					assertThat(server.value("select to_regclass('q.q_job')")).isNull();
				});
		}
	}

	private static boolean isEnqueued(JobTemplate jobs, String name) {
		try {
			jobs.enqueue("greet", name);
			return true;
		}
		catch (StoreException ex) {
			return false;
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class JobsElsewhere {

		@QDataSource
		@Bean(defaultCandidate = false)
		DataSource jobsDataSource(Environment environment) {
			return new DriverManagerDataSource(environment.getRequiredProperty("test.url"),
					environment.getRequiredProperty("test.user"), environment.getRequiredProperty("test.password"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Sleeper {

		private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

		@JobHandler("sleep")
		void sleep() throws InterruptedException {
			this.begun.add("begun");
			new LinkedBlockingQueue<String>().poll(1, TimeUnit.MINUTES);
		}

	}

}
