package dev.q.boot.diagnostics;

import dev.q.boot.redis.RedisSetupException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is missing for jobs on Redis.
 */
class RedisSetupFailureAnalyzer extends AbstractFailureAnalyzer<RedisSetupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisSetupException cause) {
		return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
	}

}
