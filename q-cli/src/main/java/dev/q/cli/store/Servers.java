package dev.q.cli.store;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.boot.MemoryProperties;
import dev.q.boot.PostgresProperties;
import dev.q.boot.QProperties;
import dev.q.boot.StoreType;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresSettings.SchemaManagement;
import dev.q.store.jdbc.PostgresStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The servers of a configuration, connected when they are first asked for. All stores in
 * PostgreSQL share one pool, as in an application.
 */
final class Servers implements AutoCloseable {

	private final Configuration configuration;

	private final Use use;

	private @Nullable HikariDataSource pool;

	/** Of the store that holds the queues which no other one does: it is opened first. */
	private @Nullable Supplier<String> first;

	Servers(Configuration configuration, Use use) {
		this.configuration = configuration;
		this.use = use;
	}

	/** A store that has reached its server, or is in memory. */
	JobStore open(ConfiguredStore store) {
		if (store.kind() == StoreType.MEMORY) {
			return memory(this.configuration.properties().memory());
		}
		return (store.kind() == StoreType.REDIS) ? redis(store, this.use.contact()) : postgres(store.postgres());
	}

	private static JobStore memory(MemoryProperties memory) {
		SystemClock clock = new SystemClock();
		return new MemoryStore(new MemorySettings(memory.capacity(), memory.offerTimeout()), clock, clock.steady());
	}

	/** A store in Redis, with which contact has been made. */
	RedisStore redis(ConfiguredStore store, Consumer<RedisStore> contact) {
		QProperties.Redis redis = store.redis();
		RedisSettings settings = new RedisSettings(redis.namespace(), redis.timeout(), redis.allowEviction());
		LettuceConnectionFactory connections = this.use.redis()
			.apply(new RedisConnections(this.configuration.redis()), redis.timeout());
		RedisStore opened = new RedisStore(settings, connections);
		serveBy(() -> ServerName.of(connections));
		try {
			contact.accept(opened);
			return opened;
		}
		catch (RuntimeException ex) {
			opened.close();
			throw ex;
		}
	}

	private JobStore postgres(PostgresProperties postgres) {
		PostgresStore opened = new PostgresStore(lookedAt(postgres.settings()), source());
		try {
			opened.connect();
			return opened;
		}
		catch (RuntimeException ex) {
			opened.close();
			throw ex;
		}
	}

	/** A name that is written wrong must not make a schema: migrate makes them. */
	private static PostgresSettings lookedAt(PostgresSettings settings) {
		return (settings.schemaManagement() == SchemaManagement.AUTO)
				? settings.withSchemaManagement(SchemaManagement.VALIDATE) : settings;
	}

	/** The PostgreSQL, whatever it holds. */
	DataSource source() {
		HikariDataSource source = (this.pool != null) ? this.pool
				: PostgresConnections.of(this.configuration, this.use.connections());
		this.pool = source;
		serveBy(() -> ServerName.of(source));
		return source;
	}

	private void serveBy(Supplier<String> name) {
		this.first = (this.first != null) ? this.first : name;
	}

	/** The server that was asked for first, which it asks for its version. */
	String name() {
		return (this.first != null) ? this.first.get() : "the memory of this process";
	}

	@Override
	public void close() {
		if (this.pool != null) {
			this.pool.close();
		}
	}

	/**
	 * What servers are connected for.
	 *
	 * @param connections to PostgreSQL at most
	 * @param redis connects to Redis
	 * @param contact the first contact with a store in Redis
	 */
	record Use(int connections, BiFunction<RedisConnections, Duration, LettuceConnectionFactory> redis,
			Consumer<RedisStore> contact) {

		/**
		 * A command that ends soon, and may find out only later that it stores something.
		 */
		static final Use COMMAND = new Use(PostgresConnections.MOST, RedisConnections::make, RedisStore::look);

		/** Work as in an application. */
		static Use load(int connections) {
			return new Use(connections, RedisConnections::makeForLoad, RedisStore::connect);
		}

	}

}
