package dev.q.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a call of a handler, and says what is told of it.
 *
 * @since 0.1
 */
public interface ProcessConvention extends ObservationConvention<ProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ProcessContext;
	}

}
