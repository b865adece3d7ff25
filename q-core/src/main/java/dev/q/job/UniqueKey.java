package dev.q.job;

import java.time.Duration;
import java.time.Instant;

/**
 * Makes sure that a queue holds one job of a kind at most. Taken and freed in the same
 * step that stores or ends the job.
 *
 * <p>
 * How long a key is held is for the job that holds it to say; what becomes of a job whose
 * key is taken, for that job. A manual retry takes the key again if the scope of the job
 * wants it still, and is refused if another job has it.
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
		 * Until the job is claimed for the first time, or ends before that; never taken
		 * again once it was claimed.
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
		 * success, deleted or purged. A job that is cancelled or expires lets go of it:
		 * nobody wants it any more.
		 */
		record UntilSuccess() implements Scope {
		}

		/**
		 * For a span from the enqueue of the holder, by the clock of the store, however
		 * the job fares: the key stays taken when the job has ended and even when it is
		 * gone, and is free when the span is over, though the job may still live. For a
		 * job that had to wait for the key the span begins when it need not wait any
		 * more. A manual retry does not take the key again.
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

			/**
			 * When the window is over.
			 * @param start when it begins
			 * @return the end, {@link Due#LATEST} at most
			 */
			public Instant from(Instant start) {
				return (this.length.compareTo(Duration.between(start, Due.LATEST)) < 0) ? start.plus(this.length)
						: Due.LATEST;
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

		/**
		 * The job that holds the key gets the payload, with its type and version, if it
		 * has never been claimed. Else as {@link #RETURN_EXISTING}.
		 */
		REPLACE_PAYLOAD,

		/**
		 * The job that holds the key gets the due time if it has never been claimed. Else
		 * as {@link #RETURN_EXISTING}.
		 */
		RESCHEDULE,

		/**
		 * The job is stored, and waits for the key: nothing that it was enqueued for is
		 * lost, though the job that holds the key may have read the old state already. A
		 * job that has never been claimed will read the new one, so it gets the payload
		 * instead, as with {@link #REPLACE_PAYLOAD}.
		 *
		 * <p>
		 * Of all that wait for a key there is one: the next one gives it its payload. It
		 * is {@link JobState#BLOCKED} until the holder lets go of the key, which for most
		 * is its end, however it ends; the same step makes it the holder, and ready if it
		 * is due. If the key is held for a {@link Scope.Window}, the job is the holder at
		 * once, but due no sooner than the window is over, and its own window, if it has
		 * one, begins when it is due; it may run beside a holder that takes longer than
		 * its window. Whether a job follows another one that expires in the same step, or
		 * has expired before it, is open.
		 */
		RUN_AGAIN_AFTER

	}

	/**
	 * Says that jobs of equal payload are one: the key is made of the SHA-256 of queue,
	 * type and payload. A payload of JSON counts as what it says, whatever the order of
	 * its fields; any other by its bytes.
	 *
	 * @param scope how long the key is held
	 * @param conflict what happens to a job whose key is taken
	 */
	public record ByPayload(Scope scope, Conflict conflict) {

		/** As {@link UniqueKey#of(String)} has it. */
		public static final ByPayload DEFAULT = new ByPayload(Scope.UNTIL_DONE, Conflict.RETURN_EXISTING);

	}

}
