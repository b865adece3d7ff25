package dev.q.boot.diagnostics;

import dev.q.handler.InvalidHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which handler to change.
 */
class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Change the method, its @JobHandler or its @Recurring as described, or remove the annotation", cause);
	}

}
