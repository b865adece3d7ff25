package dev.q.boot.postgres;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes in transactions of the usual kinds.
 */
class TransactionalNotes {

	private final JdbcTemplate jdbc;

	TransactionalNotes(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	void write(String what) {
		Database.write(this.jdbc, what);
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void writeApart(String what) {
		Database.write(this.jdbc, what);
	}

	@Transactional
	void fail(String what) {
		Database.write(this.jdbc, what);
		throw new IllegalStateException("drill");
	}

}
