package dev.q.boot.postgres;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.boot.OverNothing;
import dev.q.handler.InvalidHandlerException;
import dev.q.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class TransactionalStartTests {

	private final Database database = new Database();

	private final ApplicationContextRunner application = this.database.application()
		.withUserConfiguration(TransactionalHandlers.class, TransactionalNotes.class);

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void jobsBehindAnotherDataSourceFailTheStart() {
		this.database.withoutJobs()
			.withUserConfiguration(SeparateConfiguration.class, TransactionalHandlers.class, TransactionalNotes.class)
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(InvalidHandlerException.class)
				.hasMessageContainingAll("transactional", "another DataSource"));
	}

	@Test
	void transactionManagersOfWhichNoneIsPrimaryFailTheStart() {
		this.application.withBean("one", PlatformTransactionManager.class, OverNothing::new)
			.withBean("two", PlatformTransactionManager.class, OverNothing::new)
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(InvalidHandlerException.class)
				.hasMessageContainingAll("transactional", "none is primary"));
	}

	@Test
	void aDatabaseThatIsAwayDoesNotKeepTheApplicationFromStarting() {
		this.application.withBean(PlatformTransactionManager.class, BeginningLess::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class SeparateConfiguration {

		@Bean(destroyMethod = "close")
		HikariDataSource jobSource(Environment environment) {
			return Database.pool(environment);
		}

		@Bean
		@Primary
		HikariDataSource dataSource(Environment environment) {
			return Database.pool(environment);
		}

		@Bean
		JobStore jobStore(@Qualifier("jobSource") DataSource jobSource, Environment environment) {
			return Database.store(jobSource, environment.getRequiredProperty("test.schema"));
		}

	}

	/** Can begin no transaction. */
	static class BeginningLess extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			throw new CannotCreateTransactionException("drill");
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			throw new AssertionError("never comes this far");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			throw new AssertionError("never comes this far");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			throw new AssertionError("never comes this far");
		}

	}

}
