package dev.q.boot.postgres;

import javax.sql.DataSource;

import dev.q.boot.QProperties;
import dev.q.boot.stores.ConditionalOnNamedStores;
import dev.q.boot.stores.NamedStoreFactory;
import dev.q.boot.stores.QStoresAutoConfiguration;
import org.postgresql.PGConnection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Auto-configuration of what makes stores in PostgreSQL for {@code q.stores}.
 *
 * @since 0.1
 */
@AutoConfiguration(before = QStoresAutoConfiguration.class)
@ConditionalOnClass({ DataSourceUtils.class, PGConnection.class })
@ConditionalOnNamedStores
public final class QNamedPostgresStoresAutoConfiguration {

	/** Comes after whatever may make the schema, as the store itself does. */
	@Bean("qPostgresStoreFactory")
	@DependsOnDatabaseInitialization
	NamedStoreFactory postgresStoreFactory(QProperties properties, ObjectProvider<DataSource> application,
			@QDataSource ObjectProvider<DataSource> own) {
		return new NamedPostgresStores(new PostgresStores(new JobsDataSource(own, application), properties.failFast()));
	}

}
