package dev.q.job;

/**
 * How often a job may be handed to a handler when things go wrong.
 *
 * @since 0.1
 */
public enum DeliveryMode {

	/** Handed out again when a worker dies or an attempt fails. The default. */
	AT_LEAST_ONCE,

	/**
	 * Never handed out twice: an attempt that fails, or whose worker dies, ends the job.
	 */
	AT_MOST_ONCE

}
