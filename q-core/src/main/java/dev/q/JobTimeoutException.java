package dev.q;

import java.time.Duration;

import dev.q.job.QException;

/**
 * The failure of an attempt that ran longer than its job's timeout. It is recorded with
 * the job, and {@link JobHandler#retryOn()} may name it; nobody has to catch it.
 *
 * @since 0.1
 */
public final class JobTimeoutException extends QException {

	/**
	 * Makes the failure of an attempt that ended when it was interrupted.
	 * @param timeout how long it might run
	 * @param cause what its handler threw
	 */
	public JobTimeoutException(Duration timeout, Throwable cause) {
		super("The attempt ran longer than its timeout of %s".formatted(timeout), cause);
		// Where the handler was is what matters, and the cause has it.
		setStackTrace(new StackTraceElement[0]);
	}

	/**
	 * Makes the failure of an attempt that goes on although it was interrupted.
	 * @param timeout how long it might run
	 * @param stack where its handler hangs
	 */
	public JobTimeoutException(Duration timeout, StackTraceElement[] stack) {
		super("The attempt ran longer than its timeout of %s and did not end when it was interrupted; the stack trace shows where it hangs"
			.formatted(timeout));
		setStackTrace(stack);
	}

}
