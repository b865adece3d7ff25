package dev.q.store;

/**
 * What a queue does not do for now.
 *
 * @since 0.1
 */
public enum PauseMode {

	/** Takes jobs in and hands them out. */
	NONE,

	/** Takes no new jobs in. */
	IN,

	/** Hands no jobs out; those that run go on. */
	OUT,

	/** Neither. */
	ALL;

	/**
	 * Whether new jobs are refused.
	 * @return true for {@link #IN} and {@link #ALL}
	 */
	public boolean stopsIn() {
		return this == IN || this == ALL;
	}

	/**
	 * Whether no jobs are handed out.
	 * @return true for {@link #OUT} and {@link #ALL}
	 */
	public boolean stopsOut() {
		return this == OUT || this == ALL;
	}

}
