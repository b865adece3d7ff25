package dev.q.test.redis;

import java.time.Duration;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisSentinel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on a replica that was promoted when its master was killed, found by asking
 * a Sentinel.
 */
class RedisSentinelContractTests extends StoreContract {

	private static final Duration TO_FAIL_OVER = Duration.ofMinutes(1);

	private static RedisReplication pair;

	private static RedisSentinel sentinel;

	@BeforeAll
	static void failOver() {
		pair = RedisReplication.start();
		sentinel = RedisSentinel.over(pair);
		pair.master().kill();
		sentinel.awaitFailover(TO_FAIL_OVER);
	}

	@AfterAll
	static void stop() {
		sentinel.close();
		pair.close();
	}

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.watchedBy(sentinel, pair.replica()));
	}

}
