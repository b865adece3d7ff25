package dev.q.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.server.postgres.PostgresProcess;
import dev.q.test.server.postgres.PostgresServers;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The PostgreSQL of a program, started by it and ended with it, which forces everything
 * to the disk; a pool of connections as an application has it, and connections beside it.
 */
final class LocalPostgres implements AutoCloseable {

	/** What differs from the defaults of the server. */
	private static final Map<String, String> SETTINGS = Map.of("fsync", "on", "shared_buffers", "1GB", "max_wal_size",
			"4GB");

	private static final List<String> PRINTED = List.of("server_version", "fsync", "full_page_writes",
			"synchronous_commit", "shared_buffers", "max_wal_size", "autovacuum");

	private static final String TABLES = "q.q_job, q.q_finished, q.q_attempt, q.q_lease, q.q_unique, q.q_count";

	private final PostgresProcess process = PostgresServers.start(SETTINGS);

	private final HikariDataSource pool = pool(this.process);

	/** By number of the process; those that have ended are kept. */
	private final Map<Long, Duration> cpu = new HashMap<>();

	private LocalPostgres() {
	}

	static LocalPostgres open() {
		LocalPostgres server = new LocalPostgres();
		new PostgresSchema(server.pool, PostgresSettings.DEFAULT).migrate();
		return server;
	}

	private static HikariDataSource pool(PostgresProcess process) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(process.url());
		config.setUsername(process.server().user());
		config.setPassword(process.server().password());
		return new HikariDataSource(config);
	}

	/**
	 * Says what is measured, and against what.
	 */
	void head(String title) {
		Report.head(title);
		Report.line("PostgreSQL, started by this program: "
				+ String.join(", ", PRINTED.stream().map((name) -> name + " " + value("show " + name)).toList()));
		Report.line("%d connections in the pool; %s, payload of %d bytes".formatted(this.pool.getMaximumPoolSize(),
				PostgresSettings.DEFAULT, JacksonPayloadCodec.standard().encode(Mail.of(1000)).size()));
	}

	/** A store on the pool. */
	PostgresStore store() {
		return new PostgresStore(PostgresSettings.DEFAULT, this.pool);
	}

	/** A store on another source of connections, with one beside it to listen. */
	PostgresStore store(DataSource source) {
		return new PostgresStore(PostgresSettings.DEFAULT, source, new DriverManagerDataSource(this.process.url(),
				this.process.server().user(), this.process.server().password()));
	}

	DataSource pool() {
		return this.pool;
	}

	/** A connection that is not of the pool. */
	Connection connect() {
		try {
			return this.process.server().connect();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The server takes no further connection", ex);
		}
	}

	void execute(String sql) {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	@Nullable String value(String sql) {
		try (Connection connection = this.pool.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getString(1) : null;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/** A number that the server tells. */
	double number(String sql) {
		return Double.parseDouble(String.valueOf(value(sql)));
	}

	/** How much it has written ahead so far. */
	double walBytes() {
		return number("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
	}

	/** What a table and its indexes take, without what is stored out of line. */
	double bytes(String table) {
		return number("select pg_relation_size('q.%1$s') + pg_indexes_size('q.%1$s')".formatted(table));
	}

	/** Processor time that all its processes have used so far. */
	double cpuMicros() {
		ProcessHandle first = ProcessHandle.of(this.process.pid()).orElseThrow();
		Stream.concat(Stream.of(first), first.descendants())
			.forEach(
					(handle) -> handle.info().totalCpuDuration().ifPresent((used) -> this.cpu.put(handle.pid(), used)));
		return this.cpu.values().stream().mapToLong(Duration::toNanos).sum() / 1e3;
	}

	/** Deletes all jobs. */
	void clear() {
		execute("truncate " + TABLES);
	}

	@Override
	public void close() {
		this.pool.close();
		this.process.close();
	}

}
