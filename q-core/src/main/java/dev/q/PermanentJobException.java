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

	public PermanentJobException(String message) {
		super(message);
	}

	public PermanentJobException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
