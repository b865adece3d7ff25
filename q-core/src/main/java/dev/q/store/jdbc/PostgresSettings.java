package dev.q.store.jdbc;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.q.job.Names;

/**
 * How a {@link PostgresStore} keeps jobs.
 *
 * @param schema the schema that holds the tables, 1 to 48 characters: a small letter or
 * {@code _}, then small letters, digits and {@code _}
 * @param wakeup how workers of other processes learn of jobs
 * @param lowerBound whether claims pass over places that cannot hold ready jobs any more,
 * which keeps them fast while the server cannot clean up
 * @param waiterLife how long a worker that waits is told of jobs before it says again
 * that it waits; more than zero
 * @since 0.1
 */
public record PostgresSettings(String schema, Wakeup wakeup, boolean lowerBound, Duration waiterLife) {

	private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

	/** Schema {@code q}, by notifications, with the lower bound. */
	public static final PostgresSettings DEFAULT = new PostgresSettings("q", Wakeup.NOTIFY, true,
			Duration.ofSeconds(30));

	/**
	 * Checks the settings.
	 * @throws IllegalArgumentException if the name of the schema or the life of a waiter
	 * is out of its range
	 */
	public PostgresSettings {
		if (!NAME.matcher(schema).matches()) {
			throw new IllegalArgumentException(
					"A schema must have 1 to 48 characters, first a small letter or '_', then small letters, digits and '_', but was "
							+ Names.quoted(schema));
		}
		if (waiterLife.isNegative() || waiterLife.isZero()) {
			throw new IllegalArgumentException("A waiter must live longer than zero, but was to live " + waiterLife);
		}
	}

	/**
	 * The same settings with another schema.
	 * @param value name of the schema
	 * @return a copy
	 */
	public PostgresSettings withSchema(String value) {
		return new PostgresSettings(value, this.wakeup, this.lowerBound, this.waiterLife);
	}

	/**
	 * The same settings with another way to wake workers.
	 * @param value how workers of other processes learn of jobs
	 * @return a copy
	 */
	public PostgresSettings withWakeup(Wakeup value) {
		return new PostgresSettings(this.schema, value, this.lowerBound, this.waiterLife);
	}

	/** The channel of all nodes that share the schema. */
	String channel() {
		return "q_" + this.schema;
	}

	/**
	 * How workers of other processes learn of jobs. Those of the same process are told
	 * directly.
	 */
	public enum Wakeup {

		/**
		 * By notifications of the server. Takes one connection to the server itself, or
		 * to a pooler that lends it for a whole session.
		 */
		NOTIFY,

		/** By looking now and then. Works behind every pooler. */
		POLL

	}

}
