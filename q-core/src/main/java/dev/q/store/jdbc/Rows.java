package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import dev.q.job.JobId;

/**
 * Reads what many answers have.
 */
final class Rows {

	private Rows() {
	}

	static JobId id(ResultSet row) throws SQLException {
		return new JobId(row.getObject("id", UUID.class));
	}

}
