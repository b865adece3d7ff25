package dev.q.test.postgres;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.postgres.PostgresSource;

/**
 * The contract on the oldest PostgreSQL that is promised, from a Maven artifact.
 */
class Postgres14ContractTests extends StoreContract {

	@Override
	protected StoreFixture open() {
		return new PostgresStoreFixture(PostgresTarget.shared(PostgresSource.ARTIFACT14));
	}

}
