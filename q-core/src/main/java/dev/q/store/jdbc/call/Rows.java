package dev.q.store.jdbc.call;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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

	/**
	 * Whether a row is about a job.
	 * @param row the result, at a row
	 * @return false if it has no id, and says something else
	 * @throws SQLException if it cannot be read
	 */
	public static boolean isOfJob(ResultSet row) throws SQLException {
		return row.getObject("id") != null;
	}

	/**
	 * Reads which jobs a call made ready besides.
	 * @param row the result, at a row
	 * @return a text for each, in no order
	 * @throws SQLException if it cannot be read
	 */
	public static List<String> readied(ResultSet row) throws SQLException {
		Array texts = row.getArray("readied");
		return (texts != null) ? List.of((String[]) texts.getArray()) : List.of();
	}

}
