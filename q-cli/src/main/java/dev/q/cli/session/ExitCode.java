package dev.q.cli.session;

/**
 * How a command ended.
 *
 * @since 0.1
 */
public enum ExitCode {

	/** It did what was asked. */
	DONE(0),

	/** It could not: the store does not answer, or there is no such job. */
	FAILED(1),

	/** What was asked makes no sense, or lacks a consent. */
	NOT_UNDERSTOOD(2);

	private final int number;

	ExitCode(int number) {
		this.number = number;
	}

	/**
	 * What the process ends with.
	 * @return 0, 1 or 2
	 */
	public int number() {
		return this.number;
	}

}
