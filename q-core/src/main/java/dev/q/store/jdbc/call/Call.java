package dev.q.store.jdbc.call;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a function.
 *
 * @param <T> what a row of the answer says
 * @param sql the statement
 * @param args its arguments
 * @param reader reads a row
 * @param timeout how long it may take; then the driver asks the server to end it, which
 * needs no state of the session. Zero is for ever
 * @since 0.1
 */
public record Call<T>(String sql, Args args, Reader<T> reader, Duration timeout) {

	/**
	 * Makes the call.
	 * @param connection where the function is
	 * @return what the rows of the answer say, in their order
	 * @throws SQLException if it failed
	 */
	public List<T> on(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.sql)) {
			if (!this.timeout.isZero()) {
				statement.setQueryTimeout(seconds());
			}
			this.args.bind(connection, statement);
			try (ResultSet rows = statement.executeQuery()) {
				List<T> answer = new ArrayList<>();
				while (rows.next()) {
					answer.add(this.reader.read(rows));
				}
				return answer;
			}
		}
	}

	/** Rounded up: zero would be for ever. */
	private int seconds() {
		return Math.toIntExact(Math.max(1, this.timeout.plusMillis(999).toSeconds()));
	}

	/**
	 * Reads one row.
	 *
	 * @param <T> what it says
	 */
	@FunctionalInterface
	public interface Reader<T> {

		/**
		 * Reads the row that a result is at.
		 * @param row the result
		 * @return what it says
		 * @throws SQLException if it cannot be read
		 */
		T read(ResultSet row) throws SQLException;

	}

}
