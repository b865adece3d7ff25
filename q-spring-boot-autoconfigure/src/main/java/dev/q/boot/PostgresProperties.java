package dev.q.boot;

import java.time.Duration;

import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresSettings.SchemaManagement;
import dev.q.store.jdbc.PostgresSettings.Timeouts;
import dev.q.store.jdbc.PostgresSettings.Wakeup;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The store in PostgreSQL. Where the server is, {@code spring.datasource} says, or a bean
 * of the application.
 *
 * @param schema schema of the tables. Applications with the same one share jobs
 * @param schemaManagement what is done for the schema before the first job: auto makes it
 * unless it is there, validate looks whether it is there and whether the user may do what
 * is needed, none does neither
 * @param wakeup how workers of other processes learn of jobs: notify by notifications of
 * the server, poll by looking every q.worker.poll-interval
 * @param lowerBound whether claims pass over places that cannot hold ready jobs any more,
 * which keeps them fast while a long transaction keeps the server from cleaning up
 * @param listenUrl where to listen to notifications, as jdbc:postgresql://host/database.
 * To be set when the application's connections go through a pooler such as PgBouncer;
 * unless set it is where those connections go
 * @param listenUsername who logs in there; unless set the application's user
 * @param listenPassword the password for that; unless set the application's
 * @param connectionTimeout how long to try to connect for listening; 1s to 10m. How long
 * a call waits for a connection of the application's pool, the pool says
 * @param idleInTransactionTimeout how long a transaction may do nothing after its job was
 * settled in it, until the server ends its connection and others can have the job; 0s is
 * for ever
 * @param maintenanceTimeout how long one statement of the maintenance may take; 0s is for
 * ever
 * @since 0.1
 */
public record PostgresProperties(@DefaultValue("q") String schema,
		@DefaultValue("auto") SchemaManagement schemaManagement, @DefaultValue("notify") Wakeup wakeup,
		@DefaultValue("true") boolean lowerBound, @Nullable String listenUrl, @Nullable String listenUsername,
		@Nullable String listenPassword, @DefaultValue("30s") Duration connectionTimeout,
		@DefaultValue("60s") Duration idleInTransactionTimeout, @DefaultValue("60s") Duration maintenanceTimeout) {

	/**
	 * Checks the values; empty texts are none.
	 * @throws InvalidQPropertyException if one cannot be used
	 */
	public PostgresProperties {
		listenUrl = orNull(listenUrl);
		listenUsername = orNull(listenUsername);
		new CheckedProperty("q.postgres.schema").requireSchema(schema);
		new CheckedProperty("q.postgres.listen-url").requirePostgresUrl(listenUrl);
		new CheckedProperty("q.postgres.connection-timeout").requireBetween("1s", "10m", connectionTimeout);
		new CheckedProperty("q.postgres.idle-in-transaction-timeout").requireBetween("0s", "24h",
				idleInTransactionTimeout);
		new CheckedProperty("q.postgres.maintenance-timeout").requireBetween("0s", "24h", maintenanceTimeout);
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text;
	}

	/**
	 * What the store is told of this.
	 * @return settings of the store
	 */
	public PostgresSettings settings() {
		return PostgresSettings.DEFAULT.withSchema(this.schema)
			.withWakeup(this.wakeup)
			.withLowerBound(this.lowerBound)
			.withSchemaManagement(this.schemaManagement)
			.withTimeouts(new Timeouts(this.idleInTransactionTimeout, this.maintenanceTimeout));
	}

	/**
	 * Without the login and the address, which may hold a password.
	 */
	@Override
	public String toString() {
		return "PostgresProperties[schema=%s, schemaManagement=%s, wakeup=%s, lowerBound=%s]".formatted(this.schema,
				this.schemaManagement, this.wakeup, this.lowerBound);
	}

}
