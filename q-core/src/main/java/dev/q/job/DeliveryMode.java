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
	 * Never handed to a handler twice: an attempt that fails, is interrupted by a stop of
	 * its worker or loses its worker ends the job as {@link JobState#DEAD}. It has one
	 * attempt and one crash, whatever else is said. What no handler has seen is handed
	 * back as ever. A person may retry it, as any dead job: that is a second delivery by
	 * somebody who knows what the first one did. What a store may forget, and start twice
	 * then, is in {@code docs/guarantees.md}.
	 */
	AT_MOST_ONCE

}
