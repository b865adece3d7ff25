package dev.q.handler;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.q.JobHandler;
import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.job.DeliveryMode;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
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
		reader.read("maxCrashes", mark.maxCrashes() != 0, (options) -> options.maxCrashes(mark.maxCrashes()));
		reader.read("lease", !mark.lease().isEmpty(), (options) -> options.lease(DurationText.parse(mark.lease())));
		reader.read("timeout", !mark.timeout().isEmpty(),
				(options) -> options.timeout(DurationText.parse(mark.timeout())));
		reader.read("retry", !mark.retry().isEmpty(), (options) -> options.retry(known(mark.retry())));
		readPromises(reader, mark);
		return reader.options;
	}

	private static void readPromises(Reader reader, JobHandler mark) {
		reader.read("delivery", mark.delivery().length > 0, (options) -> options.delivery(one(mark.delivery())));
		reader.read("durability", !mark.durability().isEmpty(),
				(options) -> options.durability(OptionText.durability(mark.durability())));
		reader.read("timeToLive", !mark.timeToLive().isEmpty(),
				(options) -> options.timeToLive(DurationText.parse(mark.timeToLive())));
		reader.read("uniqueConflict", mark.uniqueConflict() != UniqueKey.Conflict.RETURN_EXISTING,
				(options) -> requireUnique(options, mark));
		reader.read("uniqueByPayload", !mark.uniqueByPayload().isEmpty(), (options) -> options
			.uniqueByPayload(new UniqueKey.ByPayload(OptionText.scope(mark.uniqueByPayload()), mark.uniqueConflict())));
		reader.read("transaction", mark.transaction().length > 0,
				(options) -> options.transaction(one(mark.transaction())));
		reader.read("maxAttempts", mark.maxAttempts() > 1, (options) -> requireRepeatable(options, mark));
	}

	private static JobOptions requireUnique(JobOptions options, JobHandler mark) {
		if (mark.uniqueByPayload().isEmpty()) {
			throw new IllegalArgumentException(
					"It is %s, but nothing says that jobs are unique. Set uniqueByPayload, or leave it out"
						.formatted(mark.uniqueConflict()));
		}
		return options;
	}

	private static JobOptions requireRepeatable(JobOptions options, JobHandler mark) {
		if (options.get(JobOption.DELIVERY).orElse(null) == DeliveryMode.AT_MOST_ONCE) {
			throw new IllegalArgumentException(
					"There are %d, but delivery is AT_MOST_ONCE, which leaves room for one. Leave one of them out"
						.formatted(mark.maxAttempts()));
		}
		return options;
	}

	private static <T> T one(T[] values) {
		if (values.length > 1) {
			throw new IllegalArgumentException(
					"There can be one, but there are %s. Name one of them".formatted(List.of(values)));
		}
		return values[0];
	}

	int concurrency(String origin, JobHandler mark) {
		if (mark.concurrency() < 0) {
			throw new InvalidHandlerException(origin,
					"concurrency: At least 1 attempt must be allowed at once, but %d were. Leave it out for no limit"
						.formatted(mark.concurrency()),
					null);
		}
		return mark.concurrency();
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
