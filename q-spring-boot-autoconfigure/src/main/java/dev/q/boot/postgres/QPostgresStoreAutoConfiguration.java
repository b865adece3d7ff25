package dev.q.boot.postgres;

import dev.q.boot.ConditionalOnStore;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.boot.StoreType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the store in PostgreSQL, for {@code q.store=postgres}. It steps
 * back for a store of the application's own.
 *
 * @since 0.1
 */
@AutoConfiguration(before = QAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnStore(StoreType.POSTGRES)
@EnableConfigurationProperties(QProperties.class)
@Import({ PostgresStoreConfiguration.class, NoPostgresConfiguration.class })
public final class QPostgresStoreAutoConfiguration {

}
