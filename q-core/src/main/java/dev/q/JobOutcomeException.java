package dev.q;

import dev.q.job.QException;

/**
 * Thrown by a handler to say what becomes of its job from a place where it cannot return
 * it. Means the same as the outcome returned; in a transaction it rolls back like any
 * unchecked exception. Made by {@link JobOutcome#toException()}.
 *
 * @since 0.1
 */
public final class JobOutcomeException extends QException {

	private final transient JobOutcome outcome;

	JobOutcomeException(JobOutcome outcome) {
		super("The handler ends its attempt with " + outcome);
		this.outcome = outcome;
	}

	JobOutcomeException(JobOutcome.Fail failure) {
		super(failure.reason(), failure.cause());
		this.outcome = failure;
		if (failure.cause() != null) {
			// Where it went wrong is what matters, and the cause has it.
			setStackTrace(new StackTraceElement[0]);
		}
	}

	/**
	 * What becomes of the job.
	 * @return the outcome
	 */
	public JobOutcome outcome() {
		return this.outcome;
	}

}
