package dev.q.test.postgres;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract on the PostgreSQL of this machine, which CI must have.
 */
@EnabledIf(value = "isOnPath", disabledReason = "no PostgreSQL is on this machine, or another source is wanted")
@Tag("deep")
class PostgresPathContractTests extends StoreContract {

	static boolean isOnPath() {
		return PostgresServers.binaries().contains(PostgresSource.PATH);
	}

	@Override
	protected StoreFixture open() {
		return new PostgresStoreFixture(PostgresTarget.shared(PostgresSource.PATH));
	}

}
