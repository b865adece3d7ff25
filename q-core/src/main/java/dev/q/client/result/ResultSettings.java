package dev.q.client.result;

import dev.q.store.Retention;

/**
 * How results are read.
 *
 * @param retention how long finished jobs are kept by the workers of this process
 * @param readOnce whether whoever reads the result of a job that has ended takes it away
 * @since 0.1
 */
public record ResultSettings(Retention retention, boolean readOnce) {

	/** The usual retention, and reading takes nothing away. */
	public static final ResultSettings DEFAULT = new ResultSettings(Retention.DEFAULT, false);

}
