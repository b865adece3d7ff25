package dev.q.job;

import java.time.Duration;
import java.time.Instant;

/**
 * When a job is to become ready. The store's clock decides, so a delay does not suffer
 * from a producer whose clock is off.
 *
 * @since 0.1
 */
public sealed interface Due {

	/** The latest time that a job can be due: what every store can hold. */
	Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	/**
	 * Stands for the clock of a store where it is not known. No clock is so far ahead:
	 * what can be stored by this one can be stored.
	 */
	Instant LATEST_CLOCK = Instant.parse("2200-01-01T00:00:00Z");

	/** At once. */
	Due NOW = new Now();

	/**
	 * A delay.
	 * @param delay how long to wait; zero or less means at once
	 * @return the due time
	 */
	static Due in(Duration delay) {
		return (delay.isNegative() || delay.isZero()) ? NOW : new After(delay);
	}

	/**
	 * An instant.
	 * @param instant when to become ready; an instant that has passed means at once
	 * @return the due time
	 */
	static Due at(Instant instant) {
		return new At(instant);
	}

	/**
	 * The instant that is meant.
	 * @param now the store's time
	 * @return when the job is due, never before {@code now}
	 * @throws IllegalArgumentException if that is beyond {@link #LATEST}
	 */
	Instant from(Instant now);

	private static IllegalArgumentException tooLate(String when) {
		return new IllegalArgumentException("A job cannot be due %s: the latest is %s".formatted(when, LATEST));
	}

	/**
	 * At once.
	 */
	record Now() implements Due {

		@Override
		public Instant from(Instant now) {
			return now;
		}

	}

	/**
	 * After a delay by the store's clock.
	 *
	 * @param delay more than zero
	 */
	record After(Duration delay) implements Due {

		@Override
		public Instant from(Instant now) {
			if (this.delay.compareTo(untilLatest(now)) > 0) {
				throw tooLate("in " + this.delay);
			}
			return now.plus(this.delay);
		}

		/** {@link Duration#between} throws inside for as much as that, which is slow. */
		private static Duration untilLatest(Instant now) {
			return Duration.ofSeconds(LATEST.getEpochSecond() - now.getEpochSecond(), LATEST.getNano() - now.getNano());
		}

	}

	/**
	 * At an instant by the store's clock.
	 *
	 * @param instant when
	 */
	record At(Instant instant) implements Due {

		@Override
		public Instant from(Instant now) {
			if (this.instant.isAfter(LATEST)) {
				throw tooLate("at " + this.instant);
			}
			return this.instant.isAfter(now) ? this.instant : now;
		}

	}

}
