package dev.q.store.jdbc;

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
 */
record Call<T>(String sql, Args args, Database.Reader<T> reader, Duration timeout) {

	List<T> on(Connection connection) throws SQLException {
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

}
