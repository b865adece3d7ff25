package dev.q.store.redis;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.q.store.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import org.jspecify.annotations.Nullable;

/**
 * Says what the failures of a server mean, and what helps.
 */
final class RedisFailures {

	/**
	 * What is said of a script that has stumbled: over a text that it cannot take apart,
	 * as servers since 7.0 and before put it, or over a key that is not of its type.
	 */
	private static final Pattern UNFIT = Pattern
		.compile("^ERR user_script:\\d+: |@user_script: ?\\d+: user_script: ?\\d+: |\\bWRONGTYPE\\b");

	/**
	 * Where a server that does not know a command repeats what it was sent: a password.
	 */
	private static final Pattern REPEATED = Pattern.compile("(?<=with args beginning with:).*", Pattern.DOTALL);

	/**
	 * How servers since 6.2 say that a user lacks a right.
	 */
	private static final List<String> DENIED = List.of("NOPERM", "ACL failure", "can't run this command",
			"no permissions", "is lacking the permissions", "can't access at least one of the keys",
			"can't publish to the channel");

	/**
	 * What is said of a command that has been renamed: to a script, and otherwise.
	 */
	private static final Pattern UNKNOWN = Pattern
		.compile("Unknown Redis command called from|\\bERR unknown command\\b");

	/**
	 * What keeps a server from a command for a while only.
	 */
	private static final Pattern PASSING = Pattern
		.compile("\\b(READONLY|NOREPLICAS|MISCONF|OOM|LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|MOVED|ASK)\\b"
				+ "|cluster is down|slot not served|non local key");

	private RedisFailures() {
	}

	static StoreException translated(Throwable failure, RedisSettings settings) {
		if (failure instanceof StoreException known) {
			return known;
		}
		String said = String.valueOf(failure.getMessage());
		if (failure instanceof TimeoutException || failure instanceof RedisCommandTimeoutException) {
			return new StoreException("Redis did not answer within %s. Whether it did what it was asked is unknown"
				.formatted(settings.timeout()), failure);
		}
		if (said.contains("OOM command not allowed")) {
			return new StoreException(
					"Redis has used up its maxmemory and takes nothing new in. Jobs that it has are worked off all the same. Give it more memory, or let the workers catch up",
					failure);
		}
		if (isPermission(said)) {
			return unfit(masked(said), failure);
		}
		if (isReplica(failure)) {
			return new StoreException(
					"Redis answers as a replica, which takes no writes. Connect to its master, or wait until the failover is over",
					failure);
		}
		return other(failure, said);
	}

	private static StoreException other(Throwable failure, String said) {
		if (said.contains("NOREPLICAS") || said.contains("MISCONF")) {
			return new StoreException(
					"Redis takes no writes for now: %s. It goes on by itself when that is mended at the server"
						.formatted(said),
					failure);
		}
		if (failure instanceof RedisCommandExecutionException && UNFIT.matcher(said).find()) {
			return StoreException
				.refusal("Redis refuses what it was given, or holds data that somebody has damaged: " + said, failure);
		}
		return new StoreException("Redis failed: " + said, failure);
	}

	/** What a future wraps. */
	static Throwable reason(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? reason(cause) : failure;
	}

	static boolean isReplica(Throwable failure) {
		return failure instanceof RedisCommandExecutionException
				&& String.valueOf(failure.getMessage()).contains("READONLY");
	}

	static StoreException ofConnecting(RedisException failure) {
		String said = reasonOf(failure);
		RedisException cause = repeats(failure) ? new RedisException(masked(said)) : failure;
		said = masked(said);
		if (said.contains("WRONGPASS") || said.contains("NOAUTH") || said.contains("invalid password")) {
			return new RedisServerException(
					"Redis refuses the name or the password of the user: %s. Set spring.data.redis.username and spring.data.redis.password"
						.formatted(said),
					cause);
		}
		return new StoreException("Redis cannot be reached: " + said, cause);
	}

	private static String masked(String said) {
		return REPEATED.matcher(said).replaceAll(" ***");
	}

	/** A log prints all causes, and what was suppressed. */
	private static boolean repeats(@Nullable Throwable failure) {
		return failure != null && (REPEATED.matcher(String.valueOf(failure.getMessage())).find()
				|| repeats(failure.getCause()) || Stream.of(failure.getSuppressed()).anyMatch(RedisFailures::repeats));
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

	/** Says what helps where a server does not do what it must. */
	static RedisServerException unfit(String said, @Nullable Throwable failure) {
		if (UNKNOWN.matcher(said).find()) {
			return new RedisServerException(
					"Redis does not know a command that Q needs: %s. Take what renames it (rename-command) out of the configuration of the server"
						.formatted(said),
					failure);
		}
		return new RedisServerException(
				"The user of the connection to Redis may not do what Q needs: %s. Give it the rule in docs/redis.md"
					.formatted(said),
				failure);
	}

	/** Whether a command is kept from whoever sends it, also by having no such name. */
	static boolean isPermission(String said) {
		return DENIED.stream().anyMatch(said::contains) || UNKNOWN.matcher(said).find();
	}

	/** Whether a server says that it is in a state that it gets out of. */
	static boolean isPassing(String said) {
		return !isPermission(said) && PASSING.matcher(said).find();
	}

}
