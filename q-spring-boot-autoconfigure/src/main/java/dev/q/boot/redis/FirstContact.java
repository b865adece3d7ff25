package dev.q.boot.redis;

import dev.q.job.Names;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisServerException;
import dev.q.store.redis.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Connects to Redis when the application starts. A server that cannot be reached is no
 * reason not to start, unless told so; one that cannot be used is.
 */
final class FirstContact {

	private static final Logger logger = LoggerFactory.getLogger(FirstContact.class);

	private static final int MOST_SHOWN = 512;

	private final ServerAddress address;

	private final boolean failFast;

	FirstContact(ServerAddress address, boolean failFast) {
		this.address = address;
		this.failFast = failFast;
	}

	/**
	 * Connects the store. If that fails the start, the store is closed: it is no bean
	 * yet, so nobody else would.
	 * @throws RedisServerException if the server cannot be used
	 * @throws RedisSetupException if it cannot be reached, and must be
	 */
	void make(RedisStore store) {
		try {
			connect(store);
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	private void connect(RedisStore store) {
		try {
			store.connect();
		}
		catch (RedisServerException ex) {
			throw ex;
		}
		catch (StoreException ex) {
			if (this.failFast) {
				throw new RedisSetupException("Redis at %s %s".formatted(this.address, trouble(ex)),
						"Start it, or correct spring.data.redis.*. With q.fail-fast=false the application would start"
								+ " without it",
						ex);
			}
			logger.warn("Redis at {} {}. The application starts without it: workers go on trying, and"
					+ " an enqueue throws until it answers", this.address, trouble(ex));
		}
	}

	/** What a server has said, the store puts into words, with what helps. */
	private static String trouble(StoreException failure) {
		return (failure.getCause() instanceof RedisCommandExecutionException)
				? "cannot be used for now: " + Names.printable(String.valueOf(failure.getMessage()), MOST_SHOWN)
				: "cannot be reached: " + reason(failure);
	}

	private static String reason(StoreException failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		String message = cause.getMessage();
		return Names.printable((message != null) ? message : cause.getClass().getSimpleName(), MOST_SHOWN);
	}

}
