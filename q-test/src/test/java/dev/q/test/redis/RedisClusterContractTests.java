package dev.q.test.redis;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;

/**
 * The contract in a cluster of three masters.
 */
class RedisClusterContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.cluster());
	}

}
