package dev.q.client;

import java.util.List;
import java.util.Map;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.client.result.ResultSettings;
import dev.q.hook.EnqueueInterceptor;
import dev.q.job.DeliveryMode;
import dev.q.job.QueueName;

/**
 * What an application says of all its jobs.
 *
 * @param defaults options of jobs for which nobody else says anything. Their attempts are
 * those of jobs that may start again
 * @param queues options of the jobs of a queue; they go before the defaults, and cannot
 * name another queue
 * @param maxPayload most bytes that a payload may have, 1 or more
 * @param results how results are read
 * @param interceptors who is asked before a job is stored, in this order
 * @since 0.1
 */
public record ClientSettings(JobOptions defaults, Map<QueueName, JobOptions> queues, int maxPayload,
		ResultSettings results, List<EnqueueInterceptor> interceptors) {

	/** No options, payloads of at most 256 KiB. */
	public static final ClientSettings DEFAULT = new ClientSettings(JobOptions.NONE, Map.of(), 256 * 1024);

	/**
	 * Settings of an application that reads results as usual.
	 * @param defaults options of jobs for which nobody else says anything
	 * @param queues options of the jobs of a queue
	 * @param maxPayload most bytes that a payload may have, 1 or more
	 */
	public ClientSettings(JobOptions defaults, Map<QueueName, JobOptions> queues, int maxPayload) {
		this(defaults, queues, maxPayload, ResultSettings.DEFAULT, List.of());
	}

	/**
	 * Checks the settings and copies the collections.
	 * @throws IllegalArgumentException if the limit is less than 1, if the options of a
	 * queue name a queue or contradict each other
	 */
	public ClientSettings {
		if (maxPayload < 1) {
			throw new IllegalArgumentException("A payload limit must be at least 1 byte, but was " + maxPayload
					+ ". Set q.max-payload to the size of the largest payload");
		}
		queues = Map.copyOf(queues);
		interceptors = List.copyOf(interceptors);
		queues.forEach((queue, options) -> {
			requireConsistent("The options of queue " + queue, options);
			options.get(JobOption.QUEUE).ifPresent((other) -> {
				throw new IllegalArgumentException(
						"The options of queue %s send its jobs to queue %s. Leave the queue out of them"
							.formatted(queue, other));
			});
		});
	}

	/**
	 * The same with other results.
	 * @param value how results are read
	 * @return a copy
	 */
	public ClientSettings withResults(ResultSettings value) {
		return new ClientSettings(this.defaults, this.queues, this.maxPayload, value, this.interceptors);
	}

	/**
	 * The same with other interceptors.
	 * @param values who is asked before a job is stored, in this order
	 * @return a copy
	 */
	public ClientSettings withInterceptors(List<EnqueueInterceptor> values) {
		return new ClientSettings(this.defaults, this.queues, this.maxPayload, this.results, values);
	}

	private static void requireConsistent(String whose, JobOptions options) {
		int attempts = options.get(JobOption.MAX_ATTEMPTS).orElse(1);
		if (attempts > 1 && options.get(JobOption.DELIVERY).orElse(null) == DeliveryMode.AT_MOST_ONCE) {
			throw new IllegalArgumentException(
					"%s ask for delivery AT_MOST_ONCE and for %d attempts, but such a job has one. Leave one of them out"
						.formatted(whose, attempts));
		}
	}

	/**
	 * What is said of the jobs of a queue, the defaults included.
	 * @param queue which queue
	 * @return its options over the defaults
	 */
	JobOptions of(QueueName queue) {
		return own(queue).over(this.defaults);
	}

	/**
	 * What is said of the jobs of a queue alone.
	 * @param queue which queue
	 * @return its options
	 */
	JobOptions own(QueueName queue) {
		return this.queues.getOrDefault(queue, JobOptions.NONE);
	}

}
