package dev.q.store.jdbc;

import java.sql.SQLException;
import java.util.Set;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What failures of the server mean, and what helps. Codes are those of appendix A of the
 * PostgreSQL manual.
 */
final class Failures {

	private static final Set<String> MISSING = Set.of("3F000", "42883", "42P01", "42703", "42704");

	private static final Set<String> READ_ONLY = Set.of("25006");

	private static final Set<String> FULL = Set.of("53100", "53200");

	/** A wrong login, or no such database. */
	private static final Set<String> REFUSED = Set.of("28000", "28P01", "3D000");

	private static final Set<String> RETRIABLE = Set.of("40001", "40P01");

	/** Data that do not fit, a constraint that they break, a limit that they exceed. */
	private static final Set<String> UNFIT = Set.of("22", "23", "54");

	private Failures() {
	}

	static StoreException translated(SQLException failure, PostgresSettings settings) {
		String state = stateOf(failure);
		String said = String.valueOf(failure.getMessage());
		String remedy = remedy(state, said, settings);
		if (remedy != null) {
			return new PostgresServerException(remedy, failure);
		}
		if (FULL.contains(state)) {
			return new StoreException("PostgreSQL is out of disk or memory: " + said, failure);
		}
		if (state.length() == 5 && UNFIT.contains(state.substring(0, 2))) {
			return StoreException.refusal("PostgreSQL refuses what it was given: " + said, failure);
		}
		return new StoreException("PostgreSQL failed: " + said, failure);
	}

	/** What is wrong with the server, and what helps; null if that is not known. */
	private static @Nullable String remedy(String state, String said, PostgresSettings settings) {
		if ("42501".equals(state)) {
			return "The user of the connection to PostgreSQL may not do what Q needs: %s. Give it the rights in docs/postgres.md"
				.formatted(said);
		}
		if (MISSING.contains(state)) {
			return "Schema \"%s\" in PostgreSQL does not hold what Q needs: %s. Let Q make it with q.postgres.schema-management=auto, or run the files in dev/q/store/jdbc/schema"
				.formatted(settings.schema(), said);
		}
		if (READ_ONLY.contains(state)) {
			return "PostgreSQL takes no writes: %s. It is a replica, or set to read only: connect to the primary"
				.formatted(said);
		}
		if (REFUSED.contains(state)) {
			return "PostgreSQL refuses the connection: %s. Correct the address, the user or the password"
				.formatted(said);
		}
		return null;
	}

	/**
	 * Whether a transaction failed for others that ran at the same time, was rolled back,
	 * and can be made again.
	 */
	static boolean isRetriable(SQLException failure) {
		return RETRIABLE.contains(stateOf(failure));
	}

	private static String stateOf(SQLException failure) {
		@Nullable String state = failure.getSQLState();
		return (state != null) ? state : "";
	}

}
