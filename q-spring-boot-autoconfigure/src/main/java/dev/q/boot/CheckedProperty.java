package dev.q.boot;

import java.time.Duration;
import java.util.function.Consumer;

import dev.q.handler.OptionText;
import dev.q.job.JobSpec;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.retry.DurationText;
import dev.q.store.jdbc.PostgresSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What a property may be. A value that is not set is fine. Bounds are given as users
 * write them, so that messages say them alike.
 *
 * @param name the whole name of the property
 */
record CheckedProperty(String name) {

	/** Ends before {@code Due.LATEST} by any clock. */
	private static final Duration LONGEST_LIFE = Duration.ofDays(2_000_000);

	private static final String POSTGRES_URL = "jdbc:postgresql:";

	void requireAtLeast(int least, @Nullable Integer value) {
		if (value != null && value < least) {
			throw refuse(value, "Set it to at least %d, or leave it out".formatted(least));
		}
	}

	void requireBetween(int least, int most, @Nullable Integer value) {
		if (value != null && (value < least || value > most)) {
			throw refuse(value, "Set it to a number from %d to %d, or leave it out".formatted(least, most));
		}
	}

	void requireBetween(String least, String most, @Nullable Duration value) {
		if (value != null
				&& (value.compareTo(DurationText.parse(least)) < 0 || value.compareTo(DurationText.parse(most)) > 0)) {
			throw refuse(value, "Set it to a duration from %s to %s, or leave it out".formatted(least, most));
		}
	}

	void requireBetween(String least, String most, DataSize value) {
		if (value.compareTo(DataSize.parse(least)) < 0 || value.compareTo(DataSize.parse(most)) > 0) {
			throw refuse(value, "Set it to a size from %s to %s, or leave it out".formatted(least, most));
		}
	}

	void requireNotNegative(Duration value) {
		if (value.isNegative()) {
			throw refuse(value, "Set it to a duration of 0s or more, or leave it out");
		}
	}

	void requirePositive(@Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw refuse(value, "Set it to a duration of more than 0s, or leave it out");
		}
	}

	/** What no store can hold is refused here, before the first job is. */
	void requireTimeToLive(@Nullable Duration value) {
		requirePositive(value);
		if (value != null && value.compareTo(LONGEST_LIFE) > 0) {
			throw refuse(value, "No store can hold what lives so long. Set it to at most 2000000d, or leave it out");
		}
	}

	/** What it means is looked up where jobs are worked: others may lack the beans. */
	void requireRetry(@Nullable String value) {
		requireText(value, JobSpec::requireRetry);
	}

	void requireDurability(@Nullable String value) {
		requireText(value, OptionText::durability);
	}

	void requireScope(@Nullable String value) {
		requireText(value, OptionText::scope);
	}

	private void requireText(@Nullable String value, Consumer<String> rule) {
		if (value != null) {
			require(value, rule);
		}
	}

	void requireQueueName(String value) {
		require(value, QueueName::new);
	}

	void requireType(String value) {
		require(value, TypeName::new);
	}

	void requireName(String value) {
		require(value, (name) -> Names.require("The name of a store", name));
	}

	void requireNamespace(String value) {
		require(value, (name) -> Names.require("A namespace", name));
	}

	void requireSchema(String value) {
		require(value, PostgresSettings.DEFAULT::withSchema);
	}

	/** Only what comes before the parameters is shown: a password may be among them. */
	void requirePostgresUrl(@Nullable String value) {
		if (value != null && !value.startsWith(POSTGRES_URL)) {
			throw refuse(value.split("\\?", 2)[0],
					"Set it to an address such as %s//host:5432/database, or leave it out".formatted(POSTGRES_URL));
		}
	}

	private void require(String value, Consumer<String> rule) {
		try {
			rule.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw refuse(value, String.valueOf(ex.getMessage()));
		}
	}

	InvalidQPropertyException refuse(Object value, String remedy) {
		return new InvalidQPropertyException(this.name, value, remedy);
	}

}
