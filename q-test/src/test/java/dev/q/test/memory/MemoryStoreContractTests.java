package dev.q.test.memory;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;

class MemoryStoreContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new MemoryStoreFixture();
	}

}
