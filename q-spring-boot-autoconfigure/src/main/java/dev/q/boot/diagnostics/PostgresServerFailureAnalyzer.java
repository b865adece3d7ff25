package dev.q.boot.diagnostics;

import dev.q.store.jdbc.PostgresServerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why jobs cannot be kept in this PostgreSQL.
 */
class PostgresServerFailureAnalyzer extends AbstractFailureAnalyzer<PostgresServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PostgresServerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Change the server, the schema or the rights as described, connect elsewhere by spring.datasource.* or a @QDataSource, or set q.store to another store",
				cause);
	}

}
