package dev.q.store.jdbc.layout;

import dev.q.job.JobError;
import org.jspecify.annotations.Nullable;

/**
 * Failures as text: the type in the first line, the message in the second, then the stack
 * trace.
 *
 * @since 0.1
 */
public final class ErrorText {

	private ErrorText() {
	}

	/**
	 * Writes a failure.
	 * @param error the failure
	 * @return its text
	 */
	public static String of(JobError error) {
		return Lines.escape(error.type()) + '\n' + Lines.escape(error.message()) + '\n' + error.stackTrace();
	}

	/**
	 * Reads a failure.
	 * @param text its text, or null
	 * @return the failure, or null
	 */
	public static @Nullable JobError read(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int type = text.indexOf('\n');
		int message = text.indexOf('\n', type + 1);
		return new JobError(Lines.unescape(text.substring(0, type)), Lines.unescape(text.substring(type + 1, message)),
				text.substring(message + 1));
	}

}
