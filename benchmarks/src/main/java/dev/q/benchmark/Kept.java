package dev.q.benchmark;

import dev.q.store.Retention;

/**
 * What is kept of jobs that succeeded.
 *
 * @since 0.1
 */
public enum Kept {

	/** What the defaults say. */
	SHIPPED,

	/** Nothing. */
	NOTHING;

	Retention retention() {
		return (this == SHIPPED) ? Retention.DEFAULT : Retention.NOTHING;
	}

}
