package dev.q.test.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.layout.Account;
import dev.q.test.layout.Population;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What layout 1 holds is read, and worked off, by this version as if it had stored it
 * itself. {@code -Dq.write-dumps=true} writes the dump anew.
 */
class PostgresLayoutTests {

	private static final Path DUMP = Path.of("src/test/resources/dev/q/test/layout/postgres-1.txt");

	private final PostgresTarget target = PostgresTarget.shared();

	@Test
	void whatLayoutOneHoldsIsReadAndWorkedOff() throws IOException, SQLException {
		writeIfAskedTo();
		String schema = "layout_" + ProcessHandle.current().pid();
		new PostgresDump(this.target, schema).load(Files.readString(DUMP));
		new PostgresSchema(this.target.pool(), PostgresSettings.DEFAULT.withSchema(schema)).migrate();
		try (PostgresStoreFixture stored = new PostgresStoreFixture(this.target, KitSchema.adopt(this.target, schema));
				PostgresStoreFixture fresh = new PostgresStoreFixture(this.target)) {
			Duration moved = Population.settleIn(fresh);
			stored.advance(moved);

			List<String> expected = Account.of(fresh);

			assertThat(expected).hasSizeGreaterThan(200);
			assertThat(Account.of(stored)).isEqualTo(expected);
		}
	}

	/** Only before a release: what was released never changes. */
	private void writeIfAskedTo() throws IOException, SQLException {
		if (Boolean.getBoolean("q.write-dumps")) {
			try (PostgresStoreFixture fixture = new PostgresStoreFixture(this.target)) {
				Population.settleIn(fixture);
				new PostgresDump(this.target, fixture.schema()).write(DUMP);
			}
		}
	}

}
