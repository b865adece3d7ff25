package dev.q.retry;

import java.util.Set;

import dev.q.JobOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says of its failures.
 *
 * @param policy how long to wait between attempts, or null for the fallback
 * @param retryOn failures after which another attempt is made; empty for all
 * @param noRetryOn failures after which none is made
 * @since 0.1
 */
public record HandlerRetry(@Nullable String policy, Set<Class<? extends Throwable>> retryOn,
		Set<Class<? extends Throwable>> noRetryOn) {

	/** Says nothing. */
	public static final HandlerRetry NONE = new HandlerRetry(null, Set.of(), Set.of());

	/**
	 * Copies the sets.
	 * @throws IllegalArgumentException if both name the same class
	 */
	public HandlerRetry {
		retryOn = Set.copyOf(retryOn);
		noRetryOn = Set.copyOf(noRetryOn);
		for (Class<?> named : retryOn) {
			if (noRetryOn.contains(named)) {
				throw new IllegalArgumentException(
						"retryOn and noRetryOn both name %s. Take it out of one of them".formatted(named.getName()));
			}
		}
	}

	/**
	 * The same policy for all failures.
	 * @return a copy that names no classes
	 */
	public HandlerRetry afterAnyFailure() {
		return new HandlerRetry(this.policy, Set.of(), Set.of());
	}

	/**
	 * Whether another attempt may follow a failure. The nearest class of the failure that
	 * either set names decides. A handler that told its failure is judged by the cause it
	 * gave, and not at all if it gave none.
	 * @param failure what was thrown
	 * @return false if the failure is permanent
	 */
	public boolean allowsRetryAfter(Throwable failure) {
		Throwable judged = (failure instanceof JobOutcomeException) ? failure.getCause() : failure;
		if (judged == null) {
			return true;
		}
		for (Class<?> type = judged.getClass(); type != null; type = type.getSuperclass()) {
			if (this.noRetryOn.contains(type)) {
				return false;
			}
			if (this.retryOn.contains(type)) {
				return true;
			}
		}
		return this.retryOn.isEmpty();
	}

}
