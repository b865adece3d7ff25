package dev.q.boot;

import dev.q.JobHandler;
import dev.q.handler.InvalidHandlerException;
import dev.q.schedule.Recurring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RecurringRefusalTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void aBadCronTextFailsTheStartAndNamesMethodAndText() {
		assertThat(problem(this.runner.withPropertyValues("report.cron=0 25 * * *"), Placeholders.class))
			.contains("Placeholders.run()")
			.contains("@Recurring")
			.contains("'0 25 * * *'");
	}

	@Test
	void aPlaceholderWithoutAValueFailsTheStart() {
		assertThat(problem(this.runner, Placeholders.class)).contains("Placeholders.run()").contains("report.cron");
	}

	@ParameterizedTest
	@ValueSource(classes = { Both.class, Neither.class, NoPayload.class, NeedlessPayload.class, BadPayload.class,
			Twins.class, BadMisfire.class, Alone.class })
	void whatCannotBeUsedFailsTheStartAndNamesTheMethod(Class<?> type) {
		assertThat(problem(this.runner, type)).contains("run");
	}

	private static String problem(ApplicationContextRunner runner, Class<?> configuration) {
		String[] problem = new String[1];
		runner.withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasFailed();
			Throwable failure = context.getStartupFailure();
			while (failure != null && !(failure instanceof InvalidHandlerException)) {
				failure = failure.getCause();
			}
			assertThat(failure).isNotNull();
			problem[0] = failure.getMessage();
		});
		return problem[0];
	}

	record Order(int id, String what) {
	}

	static class Placeholders {

		@Recurring(cron = "${report.cron}")
		@JobHandler("x")
		void run() {
		}

	}

	static class Both {

		@Recurring(cron = "@daily", every = "1h")
		@JobHandler("x")
		void run() {
		}

	}

	static class Neither {

		@Recurring
		@JobHandler("x")
		void run() {
		}

	}

	static class NoPayload {

		@Recurring(every = "1h")
		@JobHandler("x")
		void run(Order order) {
		}

	}

	static class NeedlessPayload {

		@Recurring(every = "1h", payload = "{}")
		@JobHandler("x")
		void run() {
		}

	}

	static class BadPayload {

		@Recurring(every = "1h", payload = "{\"id\": ")
		@JobHandler("x")
		void run(Order order) {
		}

	}

	static class Twins {

		@Recurring(every = "1h")
		@Recurring(every = "2h")
		@JobHandler("x")
		void run() {
		}

	}

	static class BadMisfire {

		@Recurring(every = "1h", misfire = "sometimes")
		@JobHandler("x")
		void run() {
		}

	}

	static class Alone {

		@Recurring(every = "1h")
		void run() {
		}

	}

}
