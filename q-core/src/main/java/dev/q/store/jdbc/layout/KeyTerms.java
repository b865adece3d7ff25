package dev.q.store.jdbc.layout;

import java.time.Duration;

import dev.q.job.Due;
import dev.q.job.Millis;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * Scope and conflict of a unique key, as functions of the server know them and as the
 * options of a job name them.
 *
 * @since 0.1
 */
public final class KeyTerms {

	private static final String PENDING = "PENDING";

	private static final String UNTIL_SUCCESS = "UNTIL_SUCCESS";

	private static final String WINDOW = "WINDOW";

	private KeyTerms() {
	}

	/**
	 * Whether a key is more than one that is held until its job is done.
	 * @param key the key
	 * @return false if the scope is the default and the conflict changes nothing
	 */
	public static boolean areSpecial(UniqueKey key) {
		return scope(key) != 0 || conflict(key) != 0;
	}

	/**
	 * How long a key is held.
	 * @param key the key
	 * @return the number of its scope
	 */
	public static Short scope(UniqueKey key) {
		if (key.scope() instanceof UniqueKey.Scope.Pending) {
			return 1;
		}
		if (key.scope() instanceof UniqueKey.Scope.UntilSuccess) {
			return 2;
		}
		return (short) ((key.scope() instanceof UniqueKey.Scope.Window) ? 3 : 0);
	}

	/**
	 * The length of the window for which a key is held.
	 * @param key the key
	 * @return milliseconds, as many as all time has at most; null if there is no window
	 */
	public static @Nullable Long window(UniqueKey key) {
		return (key.scope() instanceof UniqueKey.Scope.Window window)
				? Math.min(Millis.of(window.length()), Millis.of(Due.LATEST)) : null;
	}

	/**
	 * What becomes of a job whose key is taken. An exception is for the client to throw.
	 * @param key the key
	 * @return the number of the conflict
	 */
	public static Short conflict(UniqueKey key) {
		return switch (key.conflict()) {
			case RETURN_EXISTING, THROW -> 0;
			case REPLACE_PAYLOAD -> 1;
			case RESCHEDULE -> 2;
			case RUN_AGAIN_AFTER -> 3;
		};
	}

	/**
	 * The name of a scope, with its milliseconds, which functions read, and its length.
	 */
	static @Nullable String text(UniqueKey key) {
		return switch (scope(key)) {
			case 1 -> PENDING;
			case 2 -> UNTIL_SUCCESS;
			case 3 -> WINDOW + ' ' + window(key) + ' ' + ((UniqueKey.Scope.Window) key.scope()).length();
			default -> null;
		};
	}

	/** Reads what {@link #text} wrote. */
	static UniqueKey.Scope read(@Nullable String text) {
		if (text == null) {
			return UniqueKey.Scope.UNTIL_DONE;
		}
		return switch (text) {
			case PENDING -> UniqueKey.Scope.PENDING;
			case UNTIL_SUCCESS -> UniqueKey.Scope.UNTIL_SUCCESS;
			default -> new UniqueKey.Scope.Window(Duration.parse(text.substring(text.lastIndexOf(' ') + 1)));
		};
	}

}
