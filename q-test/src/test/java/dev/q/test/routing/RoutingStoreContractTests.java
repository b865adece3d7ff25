package dev.q.test.routing;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;

class RoutingStoreContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new RoutingStoreFixture(null);
	}

}
