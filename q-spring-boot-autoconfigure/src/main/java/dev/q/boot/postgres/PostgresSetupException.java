package dev.q.boot.postgres;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * Jobs cannot be kept in PostgreSQL as the application is set up.
 *
 * @since 0.1
 */
public class PostgresSetupException extends QException {

	private final String problem;

	private final String remedy;

	/**
	 * Reports what is wrong.
	 * @param problem what is wrong, a sentence without its full stop
	 * @param remedy what would be right, a sentence or two
	 */
	public PostgresSetupException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	/**
	 * Reports what is wrong, and what led to it.
	 * @param problem what is wrong, a sentence without its full stop
	 * @param remedy what would be right, a sentence or two
	 * @param cause what led to it, or null
	 */
	public PostgresSetupException(String problem, String remedy, @Nullable Throwable cause) {
		super("%s. %s".formatted(problem, remedy), cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * What is wrong.
	 * @return a sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * What would be right.
	 * @return a sentence or two
	 */
	public String remedy() {
		return this.remedy;
	}

}
