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
 * @param schemaManagement what is done for the schema before the first call
 * @param timeouts when the server gives up
 * @since 0.1
 */
public record PostgresSettings(String schema, Wakeup wakeup, boolean lowerBound, Duration waiterLife,
		SchemaManagement schemaManagement, Timeouts timeouts) {

	private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

	/**
	 * Schema {@code q}, made unless it is there, by notifications, with the lower bound.
	 */
	public static final PostgresSettings DEFAULT = new PostgresSettings("q", Wakeup.NOTIFY, true,
			Duration.ofSeconds(30), SchemaManagement.AUTO, Timeouts.DEFAULT);

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
		return new PostgresSettings(value, this.wakeup, this.lowerBound, this.waiterLife, this.schemaManagement,
				this.timeouts);
	}

	/**
	 * The same settings with another way to wake workers.
	 * @param value how workers of other processes learn of jobs
	 * @return a copy
	 */
	public PostgresSettings withWakeup(Wakeup value) {
		return new PostgresSettings(this.schema, value, this.lowerBound, this.waiterLife, this.schemaManagement,
				this.timeouts);
	}

	/**
	 * The same settings with lower bounds or without.
	 * @param value whether claims pass over places that cannot hold ready jobs any more
	 * @return a copy
	 */
	public PostgresSettings withLowerBound(boolean value) {
		return new PostgresSettings(this.schema, this.wakeup, value, this.waiterLife, this.schemaManagement,
				this.timeouts);
	}

	/**
	 * The same settings with something else done for the schema.
	 * @param value what is done before the first call
	 * @return a copy
	 */
	public PostgresSettings withSchemaManagement(SchemaManagement value) {
		return new PostgresSettings(this.schema, this.wakeup, this.lowerBound, this.waiterLife, value, this.timeouts);
	}

	/**
	 * The same settings with other timeouts.
	 * @param value when the server gives up
	 * @return a copy
	 */
	public PostgresSettings withTimeouts(Timeouts value) {
		return new PostgresSettings(this.schema, this.wakeup, this.lowerBound, this.waiterLife, this.schemaManagement,
				value);
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

	/**
	 * What a store does for its schema before its first call. A store that cannot reach
	 * the server does it when the server is back.
	 */
	public enum SchemaManagement {

		/** Makes it unless it is there. */
		AUTO,

		/** Looks whether it is there, and whether all that is needed is allowed. */
		VALIDATE,

		/** Nothing. */
		NONE

	}

	/**
	 * When the server gives up. Zero is never.
	 *
	 * @param idleInTransaction how long a transaction of the caller may do nothing after
	 * a job was settled in it; then the server ends its connection. Nobody else can have
	 * the job until then. A shorter time that the server is set to stays
	 * @param maintenance how long one statement of the maintenance may take
	 */
	public record Timeouts(Duration idleInTransaction, Duration maintenance) {

		/** A minute for both. */
		public static final Timeouts DEFAULT = new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1));

		/** None at all. */
		public static final Timeouts NONE = new Timeouts(Duration.ZERO, Duration.ZERO);

		/**
		 * Checks the values.
		 * @throws IllegalArgumentException if one is negative
		 */
		public Timeouts {
			if (idleInTransaction.isNegative() || maintenance.isNegative()) {
				throw new IllegalArgumentException("A timeout must be zero or more, but they were %s and %s"
					.formatted(idleInTransaction, maintenance));
			}
		}

	}

}
