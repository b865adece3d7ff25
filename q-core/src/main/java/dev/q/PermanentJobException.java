package dev.q;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler when another attempt cannot mend the failure: the job is dead at
 * once, whatever attempts are left.
 *
 * @since 0.1
 */
public class PermanentJobException extends QException {

	/**
	 * Ends the job.
	 * @param message why no attempt can succeed; stored with the job
	 */
	public PermanentJobException(String message) {
		super(message);
	}

	/**
	 * Ends the job for a failure that was met.
	 * @param message why no attempt can succeed; stored with the job
	 * @param cause what led to it, or null
	 */
	public PermanentJobException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
