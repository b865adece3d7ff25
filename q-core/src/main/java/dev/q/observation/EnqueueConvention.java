package dev.q.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a call that enqueues, and says what is told of it.
 *
 * @since 0.1
 */
public interface EnqueueConvention extends ObservationConvention<EnqueueContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof EnqueueContext;
	}

}
