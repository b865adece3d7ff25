package dev.q.boot.postgres;

import javax.sql.DataSource;

import dev.q.boot.QProperties;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresStore;
import org.postgresql.PGConnection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ DataSourceUtils.class, PGConnection.class })
@ConditionalOnMissingBean(JobStore.class)
class PostgresStoreConfiguration {

	/**
	 * Comes after Flyway, Liquibase and scripts: they may make the schema. Where none of
	 * them can be, the annotation is not there either, and nothing lacks.
	 */
	@Bean("qJobStore")
	@DependsOnDatabaseInitialization
	PostgresStore jobStore(QProperties properties, ObjectProvider<DataSource> application,
			@QDataSource ObjectProvider<DataSource> own) {
		return new PostgresStores(new JobsDataSource(own, application), properties.failFast())
			.make(properties.postgres());
	}

}
