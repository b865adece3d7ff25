package dev.q.boot.postgres;

import dev.q.store.JobStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says what is missing, where an application would only hear that it has no store.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobStore.class)
class NoPostgresConfiguration {

	@Bean("qJobStore")
	JobStore jobStore() {
		throw new PostgresSetupException(
				"Jobs are to be kept in PostgreSQL (q.store=postgres), but Spring JDBC or the driver of PostgreSQL is not on the class path",
				"Add the dependencies org.springframework.boot:spring-boot-starter-jdbc and org.postgresql:postgresql, or set q.store to another store");
	}

}
