package dev.q.hook;

import dev.q.JobRequest;

/**
 * Sees each request before a job is made of it. It may add headers and tags, change other
 * options and the payload, or refuse the job. Beans of this type are asked in their
 * order, each about what the one before it has answered. Must be safe for use by many
 * threads, and return soon.
 *
 * <p>
 * What it sees are the options of the call; those of the view, the handler, the queue and
 * the application come below them. A request that is sent again, as after a
 * {@link dev.q.JobsNotStoredException}, is seen again, in the form in which it was given
 * first. Jobs that a schedule fires are not enqueued by anybody, and are not seen.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EnqueueInterceptor {

	/**
	 * Looks at a request.
	 * @param request what is to be enqueued
	 * @return the same request, or another in its place; never null
	 * @throws RuntimeException to refuse the job: whoever enqueues it gets the exception,
	 * and nothing of the call is stored
	 */
	JobRequest beforeEnqueue(JobRequest request);

}
