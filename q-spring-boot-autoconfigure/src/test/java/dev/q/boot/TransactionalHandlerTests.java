package dev.q.boot;

import dev.q.JobHandler;
import dev.q.handler.InvalidHandlerException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionalHandlerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withUserConfiguration(Booking.class);

	@Test
	void aStoreThatCannotJoinItFailsTheStart() {
		this.runner.withBean(PlatformTransactionManager.class, OverNothing::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("store memory cannot settle jobs in a transaction", "q.store=postgres"));
	}

	@Test
	void theFailureNamesTheHandler() {
		this.runner.run((context) -> assertThat(context).getFailure()
			.cause()
			.isInstanceOf(InvalidHandlerException.class)
			.hasMessageContainingAll("Booking.book()", "transactional: store memory"));
	}

	@Test
	void withoutSpringTxTheStartFailsToo() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("spring-tx"));
	}

	@Test
	void whereNothingIsWorkedItMayBeThere() {
		this.runner.withPropertyValues("q.worker.enabled=false").run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class Booking {

		@JobHandler(value = "book", transactional = true)
		void book() {
			// never runs
		}

	}

}
