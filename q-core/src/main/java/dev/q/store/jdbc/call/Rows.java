package dev.q.store.jdbc.call;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import dev.q.job.JobId;

/**
 * Reads what many answers have.
 *
 * @since 0.1
 */
public final class Rows {

	private Rows() {
	}

	/**
	 * Reads the id of a job.
	 * @param row the result, at a row
	 * @return the id
	 * @throws SQLException if it cannot be read
	 */
	public static JobId id(ResultSet row) throws SQLException {
		return new JobId(row.getObject("id", UUID.class));
	}

}
