package dev.q.handler;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.job.TypeName;
import dev.q.retry.DurationText;
import dev.q.retry.HandlerRetry;

/**
 * Reads what is written in a {@link JobHandler}. A complaint names the attribute.
 */
final class HandlerAttributes {

	private final Consumer<String> retryCheck;

	/**
	 * Makes a reader.
	 * @param retryCheck throws an {@link IllegalArgumentException} if a retry policy is
	 * not known
	 */
	HandlerAttributes(Consumer<String> retryCheck) {
		this.retryCheck = retryCheck;
	}

	TypeName type(String origin, JobHandler mark) {
		try {
			return new TypeName(mark.value());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(origin, "value: %s".formatted(ex.getMessage()), ex);
		}
	}

	JobOptions options(String origin, JobHandler mark) {
		Reader reader = new Reader(origin);
		reader.read("queue", !mark.queue().isEmpty(), (options) -> options.queue(mark.queue()));
		reader.read("priority", mark.priority() != -1, (options) -> options.priority(mark.priority()));
		reader.read("maxAttempts", mark.maxAttempts() != 0, (options) -> options.maxAttempts(attempts(mark)));
		reader.read("lease", !mark.lease().isEmpty(), (options) -> options.lease(DurationText.parse(mark.lease())));
		reader.read("timeout", !mark.timeout().isEmpty(),
				(options) -> options.timeout(DurationText.parse(mark.timeout())));
		reader.read("retry", !mark.retry().isEmpty(), (options) -> options.retry(known(mark.retry())));
		return reader.options;
	}

	HandlerRetry retry(String origin, JobHandler mark) {
		try {
			return new HandlerRetry(mark.retry().isEmpty() ? null : mark.retry(), Set.copyOf(List.of(mark.retryOn())),
					Set.copyOf(List.of(mark.noRetryOn())));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(origin, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static int attempts(JobHandler mark) {
		if (mark.maxAttempts() < 0) {
			throw new IllegalArgumentException("There must be at least 1, but there are " + mark.maxAttempts()
					+ ". Leave it out for the number of the queue or of the application");
		}
		return mark.maxAttempts();
	}

	private String known(String retry) {
		this.retryCheck.accept(retry);
		return retry;
	}

	/**
	 * Collects options, attribute by attribute.
	 */
	private static final class Reader {

		private final String origin;

		private JobOptions options = JobOptions.NONE;

		Reader(String origin) {
			this.origin = origin;
		}

		void read(String attribute, boolean isSet, UnaryOperator<JobOptions> change) {
			try {
				this.options = isSet ? change.apply(this.options) : this.options;
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidHandlerException(this.origin, "%s: %s".formatted(attribute, ex.getMessage()), ex);
			}
		}

	}

}
