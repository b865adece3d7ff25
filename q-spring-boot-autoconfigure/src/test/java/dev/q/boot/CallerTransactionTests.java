package dev.q.boot;

import java.util.Optional;

import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.client.CallerTransaction;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class CallerTransactionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withPropertyValues("q.worker.enabled=false");

	@Test
	void aJobWaitsForTheCommit() {
		this.runner.run((context) -> {
			JobReceipt receipt = enqueueInTransaction(context);

			assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DEFERRED);
			assertThat(context.getBean(JobTemplate.class).find(receipt)).isPresent();
		});
	}

	@Test
	void aPropertySaysThatItDoesNot() {
		this.runner.withPropertyValues("q.transaction=none")
			.run((context) -> assertThat(enqueueInTransaction(context).status()).isEqualTo(JobReceipt.Status.STORED));
	}

	@Test
	void aPropertyMaySayWhatGoesWithoutSaying() {
		this.runner.withPropertyValues("q.transaction=after-commit")
			.run((context) -> assertThat(enqueueInTransaction(context).status()).isEqualTo(JobReceipt.Status.DEFERRED));
	}

	@Test
	void aStoreThatCannotJoinFailsTheStartIfItShould() {
		this.runner.withPropertyValues("q.transaction=join")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidQPropertyException.class)
				.hasMessageContainingAll("q.transaction", "join", "Store memory", "after-commit"));
	}

	@Test
	void withoutSpringTxJobsAreStoredAtOnce() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction")).run((context) -> {
			JobReceipt receipt = context.getBean(JobTemplate.class).enqueue("job", null);

			assertThat(context).doesNotHaveBean(CallerTransaction.class);
			assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
			assertThat(context.getBean(JobTemplate.class).find(receipt)).isPresent();
		});
	}

	@Test
	void theApplicationsOwnViewOfTransactionsWins() {
		CallerTransaction own = Optional::empty;

		this.runner.withBean("own", CallerTransaction.class, () -> own).run((context) -> {
			assertThat(context).getBean(CallerTransaction.class).isSameAs(own);
			assertThat(enqueueInTransaction(context).status()).isEqualTo(JobReceipt.Status.STORED);
		});
	}

	private static JobReceipt enqueueInTransaction(ApplicationContext context) {
		return new TransactionTemplate(new OverNothing())
			.execute((status) -> context.getBean(JobTemplate.class).enqueue("job", null));
	}

}
