package dev.q.boot.diagnostics;

import dev.q.boot.InvalidQPropertyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what to change in the properties. Comes before Boot's own analyzers, of which one
 * would only say that the properties could not be bound.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidQPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidQPropertyException cause) {
		return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
	}

}
