package dev.q.result;

import java.time.Duration;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * A job did not end as long as somebody waited for it. It goes on.
 *
 * @since 0.1
 */
public class AwaitTimeoutException extends QException {

	private final transient JobId job;

	/**
	 * Reports a job that has not ended.
	 * @param job which job
	 * @param timeout how long it was waited for
	 * @param state where it stood when it was looked at last, or null if no look
	 * succeeded
	 * @param failure why the last look failed, or null if it did not
	 */
	public AwaitTimeoutException(JobId job, Duration timeout, @Nullable JobState state, @Nullable Throwable failure) {
		super("Job %s has not ended within %s: %s. It goes on; wait again, or ask for its result later".formatted(job,
				timeout, describe(state, failure)), failure);
		this.job = job;
	}

	private static String describe(@Nullable JobState state, @Nullable Throwable failure) {
		String seen = (state != null) ? "it was " + state + " at the last look" : "it was not seen";
		return (failure != null) ? seen + ", and the store failed since then (" + failure.getMessage() + ")" : seen;
	}

	/**
	 * Which job.
	 * @return its id
	 */
	public JobId job() {
		return this.job;
	}

}
