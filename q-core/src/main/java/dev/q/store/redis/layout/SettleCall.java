package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.q.job.Millis;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.store.Retention;

/**
 * How outcomes are sent. A letter says which it is; the script {@code settle} says what
 * follows it.
 *
 * @since 0.1
 */
public final class SettleCall {

	/** Longer than any delay that is meant, and short enough to be added to any time. */
	private static final Duration LONGEST_DELAY = Duration.ofDays(365_000);

	private static final byte[] DONE = { 'D' };

	private static final byte[] HANDED_BACK = { 'Q' };

	private SettleCall() {
	}

	/**
	 * Begins the arguments of a call.
	 * @param retention how long finished jobs are kept
	 * @return arguments, those of the jobs to follow
	 */
	public static Args start(Retention retention) {
		return new Args().add(retention.keepsSucceeded() ? retention.succeededPerQueue() : 0)
			.add(retention.dead().isZero() ? 0 : 1)
			.add(retention.cancelled().isZero() ? 0 : 1);
	}

	/**
	 * Writes an outcome.
	 * @param outcome what became of an attempt
	 * @return its bytes
	 */
	public static byte[] bytes(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded succeeded) {
			byte[] result = Remains.encode(succeeded.result());
			return (result.length == 0) ? DONE : letter('D').raw(result).toByteArray();
		}
		if (outcome instanceof Outcome.Retry retry) {
			return delayed('T', retry.delay()).number('|', 1).raw(Remains.encode(retry.error())).toByteArray();
		}
		if (outcome instanceof Outcome.Dead dead) {
			return letter('X').number(Remains.letterOf(dead.reason()), 1)
				.number(dead.reason().countsAsFailure() ? '1' : '0', 1)
				.raw(Remains.encode(dead.error()))
				.toByteArray();
		}
		if (outcome instanceof Outcome.Released released) {
			return (released.reason() == ReleaseReason.SHUTDOWN) ? HANDED_BACK
					: delayed(letterOf(released.reason()), released.delay()).toByteArray();
		}
		return letter('C').raw(utf8(((Outcome.Cancelled) outcome).reason())).toByteArray();
	}

	private static char letterOf(ReleaseReason reason) {
		return switch (reason) {
			case SHUTDOWN -> 'Q';
			case NACK -> 'N';
			case SNOOZE -> 'Z';
			case NO_HANDLER -> 'H';
		};
	}

	private static ByteWriter letter(char letter) {
		return new ByteWriter().number(letter, 1);
	}

	private static ByteWriter delayed(char letter, Duration delay) {
		Duration bounded = (delay.compareTo(LONGEST_DELAY) > 0) ? LONGEST_DELAY : delay;
		return letter(letter).raw(utf8(Millis.text(Millis.of(bounded))));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
