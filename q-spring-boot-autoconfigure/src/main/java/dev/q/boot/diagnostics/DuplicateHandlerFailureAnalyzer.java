package dev.q.boot.diagnostics;

import dev.q.handler.DuplicateHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which two handlers are in each other's way.
 */
class DuplicateHandlerFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateHandlerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Give one of the two another type, remove it, or let only one of their beans be made", cause);
	}

}
