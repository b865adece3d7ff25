package dev.q.client;

import java.util.List;

import dev.q.JobRequest;
import dev.q.hook.EnqueueInterceptor;

/**
 * Shows requests to those who want to see them before a job is made of them.
 */
final class EnqueueChain {

	/** An array: to go through none of them costs each job no iterator. */
	private final EnqueueInterceptor[] interceptors;

	EnqueueChain(List<EnqueueInterceptor> interceptors) {
		this.interceptors = interceptors.toArray(EnqueueInterceptor[]::new);
	}

	/**
	 * What all of them made of a request.
	 * @throws RuntimeException if one of them refused it
	 */
	JobRequest passed(JobRequest request) {
		JobRequest passed = request;
		for (EnqueueInterceptor interceptor : this.interceptors) {
			passed = interceptor.beforeEnqueue(passed);
			if (passed == null) {
				throw new IllegalStateException(
						"Interceptor %s made null of a request to enqueue. Nothing was stored. It must answer a request, or throw to refuse it"
							.formatted(interceptor.getClass().getName()));
			}
		}
		return passed;
	}

}
