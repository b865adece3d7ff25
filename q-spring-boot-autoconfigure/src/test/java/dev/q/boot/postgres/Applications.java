package dev.q.boot.postgres;

import dev.q.boot.QAutoConfiguration;
import dev.q.store.JobStore;
import dev.q.test.server.postgres.PostgresServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Applications that keep their jobs in PostgreSQL.
 */
final class Applications {

	private Applications() {
	}

	/** Without a data source. */
	static ApplicationContextRunner bare() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QPostgresStoreAutoConfiguration.class))
			.withPropertyValues("q.store=postgres");
	}

	/** With the auto-configuration of a data source. */
	static ApplicationContextRunner withDatabase() {
		return bare().withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				TransactionAutoConfiguration.class, JdbcTemplateAutoConfiguration.class));
	}

	static ApplicationContextRunner on(PostgresServer server) {
		return as(server.user(), server.password(), server.url());
	}

	static ApplicationContextRunner as(String user, String password, String url) {
		return withDatabase().withPropertyValues("spring.datasource.url=" + url, "spring.datasource.username=" + user,
				"spring.datasource.password=" + password, "spring.datasource.hikari.maximum-pool-size=6",
				"spring.datasource.hikari.minimum-idle=1");
	}

	/** A bean that is made early, and needs the store. */
	@Configuration(proxyBeanMethods = false)
	static class AsksForTheStoreFirst {

		@Bean
		String firstOfAll(JobStore store) {
			return store.name();
		}

	}

}
