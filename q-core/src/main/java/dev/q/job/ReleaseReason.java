package dev.q.job;

/**
 * Why a job was handed back without a failure.
 *
 * @since 0.1
 */
public enum ReleaseReason {

	/** Its worker stops. It goes before everything that was not claimed yet. */
	SHUTDOWN,

	/** Its handler wants to look again later. */
	SNOOZE,

	/** Its handler refuses it, so that another may try. */
	NACK,

	/** Its worker has no handler of its type. */
	NO_HANDLER

}
