package dev.q.test.redis;

import dev.q.test.contract.StoreFixture;
import dev.q.test.contract.engine.EngineContract;

/**
 * Applications over a Redis.
 */
class RedisEngineContractTests extends EngineContract {

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.shared());
	}

}
