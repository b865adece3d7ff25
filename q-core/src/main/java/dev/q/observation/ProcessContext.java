package dev.q.observation;

import java.util.Map;

import dev.q.JobContext;
import dev.q.JobOutcome;
import dev.q.JobOutcomeException;
import dev.q.job.Job;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call of a handler. A tracer reads the headers of the job.
 *
 * @since 0.1
 */
public final class ProcessContext extends ReceiverContext<Map<String, String>> {

	private final JobContext attempt;

	private volatile @Nullable JobOutcome outcome;

	/**
	 * Makes the context of a call.
	 * @param attempt the attempt
	 */
	public ProcessContext(JobContext attempt) {
		super(ProcessContext::header, Kind.CONSUMER);
		this.attempt = attempt;
		setCarrier(attempt.job().spec().headers());
	}

	private static @Nullable String header(@Nullable Map<String, String> headers, String name) {
		return (headers != null) ? headers.get(name) : null;
	}

	/**
	 * The attempt.
	 * @return what the handler is given
	 */
	public JobContext attempt() {
		return this.attempt;
	}

	/**
	 * The job.
	 * @return as it was claimed
	 */
	public Job job() {
		return this.attempt.job();
	}

	/**
	 * What the handler wants of its job instead of a success.
	 * @return what it has returned or thrown, or null if it has not ended, or has
	 * succeeded, or has failed by any other exception
	 */
	public @Nullable JobOutcome outcome() {
		return this.outcome;
	}

	void returned(@Nullable Object result) {
		if (result instanceof JobOutcome wanted) {
			this.outcome = wanted;
		}
	}

	/**
	 * Takes down what was thrown.
	 * @return whether it is a failure, and not an outcome in the form of an exception
	 */
	boolean isFailure(Throwable thrown) {
		if (thrown instanceof JobOutcomeException wanted) {
			this.outcome = wanted.outcome();
			return wanted.outcome() instanceof JobOutcome.Fail;
		}
		return true;
	}

}
