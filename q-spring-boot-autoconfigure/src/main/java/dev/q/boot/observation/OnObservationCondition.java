package dev.q.boot.observation;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Whether anybody makes use of observations: a tracer, or somebody who has said so.
 * Meters alone are no reason, for Q has better ones.
 */
final class OnObservationCondition extends AnyNestedCondition {

	OnObservationCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	/** There is a tracer. */
	@ConditionalOnBean(type = "io.micrometer.tracing.Tracer")
	static final class Traced {

	}

	/** Somebody asks for it. */
	@ConditionalOnBooleanProperty("management.observations.enable.q")
	static final class Asked {

	}

}
