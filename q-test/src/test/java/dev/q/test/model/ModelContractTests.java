package dev.q.test.model;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;

/**
 * The model means what the contract means.
 */
class ModelContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new ModelStoreFixture();
	}

}
