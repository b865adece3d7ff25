package dev.q.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that statements can do to hand out jobs under a lease: one table of three
 * columns and one index, no states, no fence, no counts, nobody is told of anything. What
 * a store costs is held against this. Statements are prepared, and a claim does not wait
 * for the disk, as those of the store.
 */
final class BareTable {

	/** Most jobs that one insert stores. */
	private static final int CHUNK = 1000;

	private static final String TABLE = """
			create schema bare;
			create table bare.job (id bigserial primary key, lease_until bigint, payload bytea not null)
				with (fillfactor = 50)
			""";

	private static final String INSERT = "insert into bare.job (payload) select * from unnest(?::bytea[])";

	private static final String CLAIM = """
			update bare.job set lease_until = ? where id = any (array(
				select id from bare.job where id > ? and lease_until is null order by id limit ? for update skip locked))
			returning id, payload
			""";

	/** Without it the planner, who knows nothing of the table, reads all of it. */
	private static final String ONE_PLAN = "set enable_seqscan = off; set enable_bitmapscan = off; set jit = off; set plan_cache_mode = force_generic_plan";

	private static final String COMPLETE = "delete from bare.job where id = any (?)";

	private final LocalPostgres server;

	private final byte[] payload;

	BareTable(LocalPostgres server, byte[] payload) {
		this.server = server;
		this.payload = payload;
		server.execute(TABLE);
	}

	/** Round trips without any work. */
	void ping(Connection connection, int calls) {
		try (PreparedStatement statement = connection.prepareStatement("select 1")) {
			for (int i = 0; i < calls; i++) {
				statement.executeQuery().close();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Stores jobs in batches, each in a transaction of its own. */
	void insert(Connection connection, int batch, int jobs) {
		try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
			for (int i = 0; i < jobs; i += batch) {
				byte[][] payloads = new byte[Math.min(batch, jobs - i)][];
				Arrays.fill(payloads, this.payload);
				statement.setArray(1, connection.createArrayOf("bytea", payloads));
				statement.executeUpdate();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void fill(Connection connection, int jobs) {
		insert(connection, CHUNK, jobs);
	}

	/**
	 * Claims all jobs and deletes them.
	 * @param batch how many jobs each call is about
	 * @param workers each does so on a thread of its own
	 */
	void drain(int batch, List<Worker> workers) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(workers.size());
		try {
			List<Callable<Boolean>> shares = new ArrayList<>();
			workers.forEach((worker) -> shares.add(() -> worker.drain(batch)));
			for (Future<Boolean> done : threads.invokeAll(shares)) {
				done.get();
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A bare worker failed", ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** As many workers as asked for, to be closed. */
	List<Worker> workers(int count) {
		List<Worker> workers = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			workers.add(new Worker(this.server.connect(), this.server.connect()));
		}
		return workers;
	}

	void clear() {
		this.server.execute("truncate bare.job");
	}

	/**
	 * Claims and deletes.
	 *
	 * @param claims whose commits do not wait for the disk
	 * @param completions whose commits do
	 */
	record Worker(Connection claims, Connection completions) implements AutoCloseable {

		Worker {
			set(claims, ONE_PLAN, "set synchronous_commit = off");
			set(completions, ONE_PLAN);
		}

		private static void set(Connection connection, String... settings) {
			try (Statement statement = connection.createStatement()) {
				for (String setting : settings) {
					statement.execute(setting);
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/** Claims behind what it claimed before, so that it passes over nothing dead. */
		boolean drain(int batch) throws SQLException {
			try (PreparedStatement claim = this.claims.prepareStatement(CLAIM);
					PreparedStatement complete = this.completions.prepareStatement(COMPLETE)) {
				Long[] ids = claimed(claim, 0, batch);
				while (ids.length > 0) {
					complete.setArray(1, this.completions.createArrayOf("int8", ids));
					complete.executeUpdate();
					ids = claimed(claim, Collections.max(Arrays.asList(ids)), batch);
				}
				return true;
			}
		}

		private static Long[] claimed(PreparedStatement claim, long after, int batch) throws SQLException {
			claim.setLong(1, 1);
			claim.setLong(2, after);
			claim.setInt(3, batch);
			List<Long> ids = new ArrayList<>(batch);
			try (ResultSet rows = claim.executeQuery()) {
				while (rows.next()) {
					ids.add(rows.getLong(1));
					rows.getBytes(2);
				}
			}
			return ids.toArray(Long[]::new);
		}

		@Override
		public void close() {
			try (this.completions) {
				this.claims.close();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
