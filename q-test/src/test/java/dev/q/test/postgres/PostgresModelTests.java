package dev.q.test.postgres;

import dev.q.test.fuzz.RandomSequences;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL does what the model does, whatever is asked, and its tables fit each other.
 */
class PostgresModelTests {

	@Test
	void postgres14DoesWhatTheModelDoes() {
		run(20, PostgresSource.ARTIFACT14);
	}

	@Test
	void postgres18DoesWhatTheModelDoes() {
		run(200, PostgresSource.ARTIFACT18);
	}

	private static void run(int sequences, PostgresSource source) {
		PostgresTarget target = PostgresTarget.shared(source);
		RandomSequences.run(sequences, 60, () -> new PostgresStoreFixture(target),
				(fixture) -> new Invariants(fixture).check());
	}

}
