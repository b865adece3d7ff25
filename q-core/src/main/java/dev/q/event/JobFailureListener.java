package dev.q.event;

import dev.q.job.Job;

/**
 * Hears of failed attempts, with what was thrown, once the store has taken the outcome
 * in. What a listener throws is logged and changes nothing.
 *
 * <p>
 * Told of is what counts as a failure or ends a job badly: also that a payload could not
 * be read, that no worker knew the type for too long, and that workers were lost too
 * often. Where nothing was thrown here, a {@link RecordedFailureException} stands in its
 * place. Not told of are jobs that were handed back, and those that were lost meanwhile.
 * A process that ends between outcome and listener tells nobody.
 *
 * <p>
 * Called by many threads at once, on the paths that move jobs, so it must return soon and
 * must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobFailureListener {

	/**
	 * An attempt has failed.
	 * @param job the job as its worker claimed it; as it is now if its worker was lost
	 * @param failure what its handler has thrown
	 * @param willRetry whether another attempt follows; if not, the job is dead
	 */
	void onFailure(Job job, Throwable failure, boolean willRetry);

}
