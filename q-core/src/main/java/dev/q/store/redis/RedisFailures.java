package dev.q.store.redis;

import java.util.concurrent.TimeoutException;

import dev.q.store.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;

/**
 * Says what the failures of a server mean, and what helps.
 */
final class RedisFailures {

	private RedisFailures() {
	}

	static StoreException translated(Throwable failure, RedisSettings settings) {
		if (failure instanceof StoreException known) {
			return known;
		}
		String said = String.valueOf(failure.getMessage());
		if (failure instanceof TimeoutException || failure instanceof RedisCommandTimeoutException) {
			return new StoreException(
					"Redis did not answer within %s. Whether it did what it was asked is unknown; asking again is harmless"
						.formatted(settings.timeout()),
					failure);
		}
		if (said.contains("OOM command not allowed")) {
			return new StoreException(
					"Redis has used up its maxmemory and takes nothing new in. Jobs that it has are worked off all the same. Give it more memory, or let the workers catch up",
					failure);
		}
		if (isPermission(said)) {
			return new RedisServerException(
					"The user of the connection to Redis may not do what Q needs: %s. Give it the rule in docs/redis.md"
						.formatted(said),
					failure);
		}
		if (isReplica(failure)) {
			return new StoreException(
					"Redis answers as a replica, which takes no writes. Connect to its master, or wait until the failover is over",
					failure);
		}
		return new StoreException("Redis failed: " + said, failure);
	}

	static boolean isReplica(Throwable failure) {
		return failure instanceof RedisCommandExecutionException
				&& String.valueOf(failure.getMessage()).contains("READONLY");
	}

	static StoreException ofConnecting(RedisException failure) {
		String said = reasonOf(failure);
		if (said.contains("WRONGPASS") || said.contains("NOAUTH") || said.contains("invalid password")) {
			return new RedisServerException(
					"Redis refuses the name or the password of the user: %s. Set spring.data.redis.username and spring.data.redis.password"
						.formatted(said),
					failure);
		}
		return new StoreException("Redis cannot be reached: " + said, failure);
	}

	/** Whether nobody knows what the server did: it may have done what it was asked. */
	static boolean isUnheard(StoreException failure) {
		return !(failure.getCause() instanceof RedisCommandExecutionException);
	}

	/** The innermost cause says what really happened, such as a refused connection. */
	private static String reasonOf(RedisException failure) {
		String said = String.valueOf(failure.getMessage());
		Throwable cause = failure.getCause();
		while (cause != null) {
			said = failure.getMessage() + " (" + cause.getMessage() + ")";
			cause = cause.getCause();
		}
		return said;
	}

	static boolean isPermission(String said) {
		return said.contains("NOPERM") || said.contains("ACL failure") || said.contains("can't run this command")
				|| said.contains("no permissions") || said.contains("can't access at least one of the keys");
	}

}
