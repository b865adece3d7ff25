package dev.q.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a queue does not do for now, who said so, and since when.
 *
 * @param mode what it does not do
 * @param by who said so, for people; empty if that is not known. What is longer than
 * {@value #MOST_BY} characters is cut, and what is no character is replaced
 * @param since since when, by the store's clock, or null if that is not known, as it is
 * not before a store has taken it in
 * @since 0.1
 */
public record Pause(PauseMode mode, String by, @Nullable Instant since) {

	/** Most characters of who said so. */
	public static final int MOST_BY = 100;

	/** The queue does everything. */
	public static final Pause NONE = of(PauseMode.NONE);

	/**
	 * Makes the name one that every store can keep. Who resumed a queue is not kept.
	 */
	public Pause {
		by = (mode != PauseMode.NONE) ? storable(by) : "";
		since = (mode != PauseMode.NONE) ? since : null;
	}

	/**
	 * A pause by nobody who is known.
	 * @param mode what the queue is not to do
	 * @return the pause
	 */
	public static Pause of(PauseMode mode) {
		return new Pause(mode, "", null);
	}

	/**
	 * The same said by somebody.
	 * @param who a name, for people; empty if that is not known
	 * @return a copy
	 */
	public Pause by(String who) {
		return new Pause(this.mode, who, this.since);
	}

	/**
	 * What a queue has that had this pause when it is given another one: of the same mode
	 * it keeps this one, since nothing changes.
	 * @param wanted the other one
	 * @param now what the store's clock shows
	 * @return the pause that is to be kept
	 */
	public Pause then(Pause wanted, Instant now) {
		return (wanted.mode == this.mode) ? this : new Pause(wanted.mode, wanted.by, now);
	}

	/**
	 * Whether new jobs are refused.
	 * @return true for {@link PauseMode#IN} and {@link PauseMode#ALL}
	 */
	public boolean stopsIn() {
		return this.mode.stopsIn();
	}

	/**
	 * Whether no jobs are handed out.
	 * @return true for {@link PauseMode#OUT} and {@link PauseMode#ALL}
	 */
	public boolean stopsOut() {
		return this.mode.stopsOut();
	}

	/** Half a surrogate pair would be read back as something else. */
	private static String storable(String by) {
		String whole = new String(by.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		if (whole.length() <= MOST_BY) {
			return whole;
		}
		boolean splitsPair = Character.isHighSurrogate(whole.charAt(MOST_BY - 1));
		return whole.substring(0, splitsPair ? MOST_BY - 1 : MOST_BY);
	}

}
