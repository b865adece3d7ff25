package dev.q.boot.postgres;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.boot.postgres.Database.Heard;
import dev.q.event.JobEvent;
import dev.q.handler.InvalidHandlerException;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class TransactionalHandlersTests {

	private final Database database = new Database();

	private final ApplicationContextRunner application = this.database.application()
		.withUserConfiguration(Handlers.class, Notes.class)
		.withPropertyValues("q.retry.policy=fixed(0s)", "q.worker.poll-interval=100ms");

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void theEffectIsThereWithTheEndOfTheJob() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a");
			assertThat(job(context, receipt).state()).isEqualTo(JobState.SUCCEEDED);
		});
	}

	@Test
	void theEffectOfAFailedAttemptIsUndone() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-and-fail-twice", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-3");
			assertThat(job(context, receipt).job().counters().failures()).isEqualTo(2);
		});
	}

	@Test
	void theCommitOfAStaleWorkerIsRolledBack() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-then-lose", "a");

			heard(context).await(JobEvent.LeaseLost.class);
			assertThat(job(context, receipt).state()).isEqualTo(JobState.CANCELLED);
			assertThat(this.database.effects()).isEmpty();
		});
	}

	@Test
	void aCommitThatFailsIsAFailureOfTheAttempt() {
		this.database.place().server().execute("create table strict (n int unique deferrable initially deferred)");
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("break-commit-once", "a");

			assertThat(heard(context).await(JobEvent.Retried.class).error().type()).contains("DuplicateKey");
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-2");
			assertThat(job(context, receipt).job().counters().failures()).isOne();
		});
	}

	@Test
	void aCommitWhoseAnswerIsLostIsNotRepeated() {
		this.database.withoutJobs()
			.withUserConfiguration(LossyConfiguration.class, Handlers.class, Notes.class)
			.withPropertyValues("q.retry.policy=fixed(0s)")
			.run((context) -> {
				JobReceipt receipt = jobs(context).enqueue("write-and-lose-answer", "a");

				heard(context).await(JobEvent.LeaseLost.class);
				assertThat(job(context, receipt).state()).isEqualTo(JobState.SUCCEEDED);
				assertThat(job(context, receipt).job().counters().failures()).isZero();
				assertThat(this.database.effects()).containsExactly("a");
			});
	}

	@Test
	void theHandlersOwnTransactionsNest() {
		this.application.run((context) -> {
			jobs(context).enqueue("annotated", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-apart-1", "a-apart-2", "a-joined-2");
		});
	}

	@Test
	void aHandlerThatMarksItsTransactionForRollbackHasFailed() {
		this.application.run((context) -> {
			jobs(context).enqueue("swallow-once", "a");

			assertThat(heard(context).await(JobEvent.Retried.class).error().type())
				.contains("UnexpectedRollbackException");
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-2");
		});
	}

	@Test
	void jobsThatAHandlerEnqueuesCommitWithItsOwn() {
		this.application.run((context) -> {
			jobs(context).enqueue("parent", "a");

			heard(context).await(JobEvent.Retried.class);
			heard(context).await(JobEvent.Succeeded.class);
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("child");
		});
	}

	@Test
	void whatAHandlerSaysOfItsJobCommitsToo() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-and-snooze", "a");

			heard(context).await(JobEvent.Released.class);
			assertThat(this.database.effects()).containsExactly("a");
			assertThat(job(context, receipt).state()).isEqualTo(JobState.SCHEDULED);
		});
	}

	@Test
	void aTransactionThatIsOpenForTwoLeasesCostsNobodyALease() {
		this.application.run((context) -> {
			JobTemplate jobs = jobs(context).with(JobOptions.NONE.lease(Duration.ofSeconds(1)));
			List<JobReceipt> receipts = List.of(jobs.enqueue("complete-and-stay", "a"), jobs.enqueue("stay", "b"));

			heard(context).await(JobEvent.Succeeded.class);
			heard(context).await(JobEvent.Succeeded.class);
			for (JobReceipt receipt : receipts) {
				assertThat(job(context, receipt).job().counters().deliveries()).isOne();
				assertThat(job(context, receipt).job().counters().crashes()).isZero();
			}
			assertThat(heard(context).types(JobEvent.LeaseLost.class)).isEmpty();
		});
	}

	@Test
	void jobsBehindAnotherDataSourceFailTheStart() {
		this.database.withoutJobs()
			.withUserConfiguration(SeparateConfiguration.class, Handlers.class, Notes.class)
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(InvalidHandlerException.class)
				.hasMessageContainingAll("transactional", "another DataSource"));
	}

	private static Heard heard(ApplicationContext context) {
		return context.getBean(Heard.class);
	}

	private static JobTemplate jobs(ApplicationContext context) {
		return context.getBean(JobTemplate.class);
	}

	private static JobDetails job(ApplicationContext context, JobReceipt receipt) {
		return jobs(context).find(receipt).orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class LossyConfiguration {

		@Bean
		LossyCommits dataSource(Environment environment) {
			return new LossyCommits(pool(environment));
		}

		@Bean
		JobStore jobStore(DataSource source, Environment environment) {
			return Database.store(source, environment.getRequiredProperty("test.schema"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeparateConfiguration {

		@Bean(destroyMethod = "close")
		HikariDataSource jobSource(Environment environment) {
			return pool(environment);
		}

		@Bean
		@Primary
		HikariDataSource dataSource(Environment environment) {
			return pool(environment);
		}

		@Bean
		JobStore jobStore(@Qualifier("jobSource") DataSource jobSource, Environment environment) {
			return Database.store(jobSource, environment.getRequiredProperty("test.schema"));
		}

	}

	static HikariDataSource pool(Environment environment) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
		pool.setUsername(environment.getRequiredProperty("spring.datasource.username"));
		pool.setPassword(environment.getRequiredProperty("spring.datasource.password"));
		pool.setMaximumPoolSize(6);
		return pool;
	}

	/** Writes in transactions of the usual kinds. */
	static class Notes {

		private final JdbcTemplate jdbc;

		Notes(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		public void write(String what) {
			Database.write(this.jdbc, what);
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void writeApart(String what) {
			Database.write(this.jdbc, what);
		}

		@Transactional
		public void fail(String what) {
			Database.write(this.jdbc, what);
			throw new IllegalStateException("drill");
		}

	}

	static class Handlers {

		private final JdbcTemplate jdbc;

		private final JobTemplate jobs;

		private final JobStore store;

		private final Notes notes;

		private final DataSource source;

		Handlers(JdbcTemplate jdbc, JobTemplate jobs, JobStore store, Notes notes, DataSource source) {
			this.jdbc = jdbc;
			this.jobs = jobs;
			this.store = store;
			this.notes = notes;
			this.source = source;
		}

		@JobHandler(value = "write", transactional = true)
		void write(String what) {
			Database.write(this.jdbc, what);
		}

		@JobHandler(value = "write-and-fail-twice", transactional = true)
		void writeAndFail(String what, JobContext context) throws Exception {
			Database.write(this.jdbc, what + "-" + context.attempt());
			if (context.attempt() < 3) {
				throw new Exception("drill");
			}
		}

		@JobHandler(value = "write-then-lose", transactional = true)
		void writeThenLose(String what, JobContext context) {
			Database.write(this.jdbc, what);
			this.store.control().cancel(List.of(context.id()), "drill");
		}

		@JobHandler(value = "break-commit-once", transactional = true)
		void breakCommit(String what, JobContext context) {
			Database.write(this.jdbc, what + "-" + context.attempt());
			this.jdbc.update("insert into strict values (1)");
			if (context.attempt() == 1) {
				this.jdbc.update("insert into strict values (1)");
			}
		}

		@JobHandler(value = "write-and-lose-answer", transactional = true)
		void writeAndLoseAnswer(String what) {
			Database.write(this.jdbc, what);
			((LossyCommits) this.source).loseNext();
		}

		@Transactional
		@JobHandler(value = "annotated", transactional = true)
		public void annotated(String what, JobContext context) {
			this.notes.writeApart(what + "-apart-" + context.attempt());
			this.notes.write(what + "-joined-" + context.attempt());
			if (context.attempt() == 1) {
				throw new IllegalStateException("drill");
			}
		}

		@JobHandler(value = "swallow-once", transactional = true)
		void swallow(String what, JobContext context) {
			Database.write(this.jdbc, what + "-" + context.attempt());
			if (context.attempt() == 1) {
				try {
					this.notes.fail(what);
				}
				catch (IllegalStateException ex) {
					// as handlers do
				}
			}
		}

		@JobHandler(value = "parent", transactional = true)
		void parent(JobContext context) {
			this.jobs.enqueue("write", "child");
			if (context.attempt() == 1) {
				throw new IllegalStateException("drill");
			}
		}

		@JobHandler(value = "write-and-snooze", transactional = true)
		JobOutcome snooze(String what) {
			Database.write(this.jdbc, what);
			return JobOutcome.snooze(Duration.ofHours(1));
		}

		@Transactional
		@JobHandler("complete-and-stay")
		public void completeAndStay(String what, JobContext context) {
			Database.write(this.jdbc, what);
			context.completeInCurrentTransaction();
			this.jdbc.queryForList("select pg_sleep(2.5)");
		}

		@JobHandler("stay")
		void stay() {
			this.jdbc.queryForList("select pg_sleep(2.5)");
		}

	}

}
