package dev.q.boot.diagnostics;

import dev.q.boot.postgres.PostgresSetupException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is missing for jobs in PostgreSQL.
 */
class PostgresSetupFailureAnalyzer extends AbstractFailureAnalyzer<PostgresSetupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PostgresSetupException cause) {
		return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
	}

}
