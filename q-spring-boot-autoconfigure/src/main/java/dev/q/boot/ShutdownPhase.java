package dev.q.boot;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How long Spring waits for what stops in one phase.
 *
 * @param timeout after which it goes on without those that are not done
 */
record ShutdownPhase(Duration timeout) {

	private static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration DEFAULT = Duration.ofSeconds(30);

	private static final Duration USUAL = Duration.ofSeconds(25);

	/** To interrupt jobs that are still running, and to hand them back. */
	private static final Duration HANDBACK = Duration.ofSeconds(2);

	static ShutdownPhase of(Environment environment) {
		return new ShutdownPhase(Binder.get(environment).bind(PROPERTY, Duration.class).orElse(DEFAULT));
	}

	/**
	 * How long the jobs of a worker may go on running.
	 * @param wanted how long they should, or null for what is usual and fits
	 * @return that
	 * @throws InvalidQPropertyException if they would be cut off while they are handed
	 * back
	 */
	Duration shutdownTimeout(@Nullable Duration wanted) {
		if (wanted == null) {
			return (USUAL.compareTo(longest()) < 0) ? USUAL : longest();
		}
		requireRoomFor(wanted);
		return wanted;
	}

	private void requireRoomFor(Duration shutdownTimeout) {
		Duration needed = shutdownTimeout.plus(HANDBACK);
		if (needed.compareTo(this.timeout) > 0) {
			throw new InvalidQPropertyException("q.worker.shutdown-timeout", shutdownTimeout,
					"Spring stops waiting after %s, and Q needs 2s more than its own timeout. Set %s to %s or more, or q.worker.shutdown-timeout to %s or less"
						.formatted(this.timeout, PROPERTY, needed, longest()));
		}
	}

	private Duration longest() {
		Duration longest = this.timeout.minus(HANDBACK);
		return longest.isNegative() ? Duration.ZERO : longest;
	}

}
