package dev.q.job;

import java.time.Duration;

/**
 * Makes sure that a queue holds one job of a kind at most. Taken and freed in the same
 * step that stores or ends the job.
 *
 * @param value what must be unique within the queue: 1 to 1024 characters
 * @param scope how long the key is held
 * @param conflict what happens to a job whose key is taken
 * @since 0.1
 */
public record UniqueKey(String value, Scope scope, Conflict conflict) {

	/** Longest key, in characters. */
	public static final int MAX_LENGTH = 1024;

	/**
	 * Checks the key.
	 * @throws IllegalArgumentException if the key is empty or too long
	 */
	public UniqueKey {
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"A unique key must have 1 to %d characters, but has %d".formatted(MAX_LENGTH, value.length()));
		}
	}

	/**
	 * A key that is held until the job has ended; a second job is answered with the id of
	 * the first.
	 * @param value the key
	 * @return the key with its defaults
	 */
	public static UniqueKey of(String value) {
		return new UniqueKey(value, Scope.UNTIL_DONE, Conflict.RETURN_EXISTING);
	}

	/**
	 * How long a key is held.
	 */
	public sealed interface Scope {

		/** See {@link Pending}. */
		Scope PENDING = new Pending();

		/** See {@link UntilDone}. The default. */
		Scope UNTIL_DONE = new UntilDone();

		/** See {@link UntilSuccess}. */
		Scope UNTIL_SUCCESS = new UntilSuccess();

		/**
		 * Until the job is claimed for the first time; never taken again after that.
		 */
		record Pending() implements Scope {
		}

		/**
		 * Until the job has ended, however it ends.
		 */
		record UntilDone() implements Scope {
		}

		/**
		 * Until the job succeeded; a dead job holds its key until it is retried with
		 * success, deleted or purged.
		 */
		record UntilSuccess() implements Scope {
		}

		/**
		 * For a span from the enqueue of the holder, however the job fares.
		 *
		 * @param length more than zero
		 */
		record Window(Duration length) implements Scope {

			/**
			 * Checks the length.
			 * @throws IllegalArgumentException if the length is zero or negative
			 */
			public Window {
				if (length.isNegative() || length.isZero()) {
					throw new IllegalArgumentException("A unique window must be longer than zero, but was " + length);
				}
			}

		}

	}

	/**
	 * What happens to a job whose key is taken.
	 */
	public enum Conflict {

		/**
		 * Nothing is stored; the receipt names the job that holds the key. The default.
		 */
		RETURN_EXISTING,

		/**
		 * Nothing is stored, and the producer gets an exception that names the holder.
		 */
		THROW,

		/** The job that holds the key gets the new payload, if it has not started. */
		REPLACE_PAYLOAD,

		/** The job that holds the key gets the new time, if it has not started. */
		RESCHEDULE,

		/**
		 * The job that holds the key runs once more after it ends, with the new payload.
		 */
		RUN_AGAIN_AFTER

	}

}
