package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.test.JobDraft;

/**
 * A transaction on a connection of its own that a test holds open, in which jobs are
 * stored as the store does it.
 */
final class OpenTransaction implements AutoCloseable {

	private final Connection connection;

	private final String schema;

	OpenTransaction(PostgresTarget target, PostgresStoreFixture fixture, int isolation) throws SQLException {
		this.connection = target.single().getConnection();
		this.connection.setAutoCommit(false);
		this.connection.setTransactionIsolation(isolation);
		this.schema = fixture.schema();
	}

	JobId enqueue(QueueName queue) throws SQLException {
		return enqueue(queue, JobDraft.aJob().id());
	}

	JobId enqueue(QueueName queue, JobId id) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(
				"""
						select * from %s.q_insert_v1(array[?::uuid], array[?], array[5::smallint], array['test'],
							array['{}'::bytea], null, null, null, null, null, null, null, array[1], array[null::int], null, true)
						"""
					.formatted(this.schema))) {
			statement.setString(1, id.toString());
			statement.setString(2, queue.value());
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
			}
		}
		return id;
	}

	/** Executes a statement in which {@code @} stands for the schema. */
	OpenTransaction execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql.replace("@", this.schema));
		}
		return this;
	}

	void commit() throws SQLException {
		this.connection.commit();
	}

	void rollBack() throws SQLException {
		this.connection.rollback();
	}

	@Override
	public void close() throws SQLException {
		this.connection.rollback();
		this.connection.close();
	}

}
