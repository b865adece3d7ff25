package dev.q.boot.diagnostics;

import dev.q.store.redis.RedisServerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why jobs cannot be kept on this Redis server.
 */
class RedisServerFailureAnalyzer extends AbstractFailureAnalyzer<RedisServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisServerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Change the server or its settings as described, connect to another one by spring.data.redis.*, or set q.store to another store",
				cause);
	}

}
