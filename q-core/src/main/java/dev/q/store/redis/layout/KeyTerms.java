package dev.q.store.redis.layout;

import java.time.Duration;

import dev.q.job.Due;
import dev.q.job.Millis;
import dev.q.job.UniqueKey;

/**
 * Scope and conflict of a unique key in the head of a {@link JobRecord}, where scripts
 * read them.
 */
final class KeyTerms {

	static final int HAS_KEY = 1;

	private static final int SCOPE = 4;

	private static final int CONFLICT = 16;

	private static final int SCOPES = 4;

	private static final int PENDING = 1;

	private static final int UNTIL_SUCCESS = 2;

	private static final int WINDOW = 3;

	private KeyTerms() {
	}

	static int flags(UniqueKey key) {
		return HAS_KEY | SCOPE * scope(key.scope()) | CONFLICT * conflict(key.conflict());
	}

	private static int scope(UniqueKey.Scope scope) {
		if (scope instanceof UniqueKey.Scope.Window) {
			return WINDOW;
		}
		if (scope instanceof UniqueKey.Scope.UntilSuccess) {
			return UNTIL_SUCCESS;
		}
		return (scope instanceof UniqueKey.Scope.Pending) ? PENDING : 0;
	}

	/** An exception is for the client to throw. */
	private static int conflict(UniqueKey.Conflict conflict) {
		return switch (conflict) {
			case RETURN_EXISTING, THROW -> 0;
			case REPLACE_PAYLOAD -> 1;
			case RESCHEDULE -> 2;
			case RUN_AGAIN_AFTER -> 3;
		};
	}

	/** As long as all time at most. */
	static long millis(UniqueKey.Scope.Window window) {
		return Math.min(Millis.of(window.length()), Millis.of(Due.LATEST));
	}

	/** Whether the script knows the length as it is. */
	static boolean isExact(UniqueKey.Scope.Window window) {
		return Duration.ofMillis(millis(window)).equals(window.length());
	}

	/**
	 * Reads a key as far as the head tells of it.
	 * @param flags the flags
	 * @param in stands behind the lease
	 */
	static UniqueKey read(int flags, ByteReader in) {
		String value = UniqueKeys.text(in.raw((int) in.number(2)));
		UniqueKey.Scope scope = switch (flags / SCOPE % SCOPES) {
			case PENDING -> UniqueKey.Scope.PENDING;
			case UNTIL_SUCCESS -> UniqueKey.Scope.UNTIL_SUCCESS;
			case WINDOW -> new UniqueKey.Scope.Window(Duration.ofMillis(in.number(6)));
			default -> UniqueKey.Scope.UNTIL_DONE;
		};
		return new UniqueKey(value, scope, UniqueKey.Conflict.RETURN_EXISTING);
	}

}
