package dev.q.boot.diagnostics;

import dev.q.boot.InvalidQPropertyException;

import org.springframework.boot.context.properties.bind.BindException;
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

	/** The details of these are checked as those of the store that has no name. */
	private static final String NAMED_STORES = "q.stores.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidQPropertyException cause) {
		BindException binding = findCause(rootFailure, BindException.class);
		String place = (binding != null) ? binding.getName().toString() : "";
		return new FailureAnalysis(
				place.startsWith(NAMED_STORES) ? "In %s: %s".formatted(place, cause.problem()) : cause.problem(),
				cause.remedy(), cause);
	}

}
