package dev.q.test.postgres;

import dev.q.test.contract.StoreFixture;
import dev.q.test.contract.engine.EngineContract;

/**
 * Applications over a PostgreSQL.
 */
class PostgresEngineContractTests extends EngineContract {

	@Override
	protected StoreFixture open() {
		return new PostgresStoreFixture(PostgresTarget.shared());
	}

}
