package dev.q.observation;

import dev.q.JobContext;
import dev.q.hook.JobInterceptor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each call of a handler, from before its other interceptors to after them if it
 * is the outermost one. What the handler logs and calls belongs to the observation.
 *
 * @since 0.1
 */
public final class ObservationInterceptor implements JobInterceptor {

	private static final ProcessConvention USUAL = new UsualProcessConvention();

	private final ObservationRegistry registry;

	private final @Nullable ProcessConvention convention;

	/**
	 * Makes an interceptor.
	 * @param registry who is told
	 * @param convention what is told, or null for the usual
	 */
	public ObservationInterceptor(ObservationRegistry registry, @Nullable ProcessConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public @Nullable Object around(JobContext context, Next next) throws Exception {
		if (this.registry.isNoop()) {
			return next.proceed();
		}
		ProcessContext process = new ProcessContext(context);
		Observation observation = JobObservation.PROCESS.observation(this.convention, USUAL, () -> process,
				this.registry);
		observation.start();
		Observation.Scope scope = observation.openScope();
		try {
			Object result = next.proceed();
			process.returned(result);
			return result;
		}
		catch (Throwable ex) {
			if (process.isFailure(ex)) {
				observation.error(ex);
			}
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

}
