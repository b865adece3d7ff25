package dev.q.test.redis;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.RedisSource;

/**
 * The contract on the oldest Redis that is promised, from a Maven artifact.
 */
class RedisArtifactContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.shared(RedisSource.ARTIFACT));
	}

}
