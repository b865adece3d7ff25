package dev.q.test.memory;

import dev.q.test.contract.StoreFixture;
import dev.q.test.contract.engine.EngineContract;

/**
 * Applications over the store in memory.
 */
class MemoryEngineContractTests extends EngineContract {

	@Override
	protected StoreFixture open() {
		return new MemoryStoreFixture();
	}

}
