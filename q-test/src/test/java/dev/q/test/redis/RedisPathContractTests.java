package dev.q.test.redis;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract on the Redis of this machine, which CI must have.
 */
@EnabledIf(value = "isOnPath", disabledReason = "no redis-server is on the PATH, or another source is wanted")
class RedisPathContractTests extends StoreContract {

	static boolean isOnPath() {
		return RedisServers.binaries().contains(RedisSource.PATH);
	}

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.shared(RedisSource.PATH));
	}

}
