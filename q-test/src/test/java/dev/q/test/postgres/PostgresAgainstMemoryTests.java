package dev.q.test.postgres;

import dev.q.test.fuzz.RandomSequences;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL does what memory does, whatever is asked, and its tables fit each other.
 */
class PostgresAgainstMemoryTests {

	@Test
	void postgres14DoesWhatMemoryDoes() {
		run(PostgresSource.ARTIFACT14);
	}

	@Test
	void postgres18DoesWhatMemoryDoes() {
		run(PostgresSource.ARTIFACT18);
	}

	private static void run(PostgresSource source) {
		PostgresTarget target = PostgresTarget.shared(source);
		RandomSequences.run(RandomSequences.USUAL, () -> new PostgresStoreFixture(target),
				(fixture) -> new Invariants(fixture).check());
	}

}
