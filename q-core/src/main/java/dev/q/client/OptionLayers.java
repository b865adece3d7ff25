package dev.q.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.handler.HandlerMark;
import dev.q.job.DeliveryMode;
import dev.q.job.QueueName;
import dev.q.job.TypeName;

/**
 * Whose word counts: call, view, handler, queue, application. The queue whose settings
 * count is the one that the others choose. What calls without options come to is
 * remembered for each handler.
 */
final class OptionLayers {

	/** Types come from callers, so they must not fill the memory. */
	private static final int MAX_REMEMBERED = 1000;

	private final ClientSettings settings;

	private final JobOptions view;

	private final Map<HandlerMark, Terms> remembered = new ConcurrentHashMap<>();

	OptionLayers(ClientSettings settings, JobOptions view) {
		this.settings = settings;
		this.view = view;
	}

	OptionLayers with(JobOptions options) {
		return new OptionLayers(this.settings, options.over(this.view));
	}

	/** What a call says, and the view below it. */
	JobOptions call(JobOptions options) {
		return options.over(this.view);
	}

	/**
	 * What the layers come to.
	 * @param handler type of the job, and what its handler says
	 * @param call what the call itself says
	 * @return the terms of the job
	 * @throws IllegalArgumentException if the layers contradict each other
	 */
	Terms terms(HandlerMark handler, JobOptions call) {
		if (!call.equals(JobOptions.NONE)) {
			return merge(handler, call);
		}
		Terms known = this.remembered.get(handler);
		return (known != null) ? known : remember(handler);
	}

	private Terms remember(HandlerMark handler) {
		Terms terms = merge(handler, JobOptions.NONE);
		if (this.remembered.size() < MAX_REMEMBERED) {
			this.remembered.put(handler, terms);
		}
		return terms;
	}

	private Terms merge(HandlerMark handler, JobOptions call) {
		JobOptions chosen = call(call).over(handler.options());
		QueueName queue = chosen.get(JobOption.QUEUE)
			.or(() -> this.settings.defaults().get(JobOption.QUEUE))
			.orElse(QueueName.DEFAULT);
		JobOptions all = chosen.over(this.settings.of(queue));
		if (all.get(JobOption.DELIVERY).orElse(null) == DeliveryMode.AT_MOST_ONCE) {
			requireOneAttempt(handler.type(), chosen);
			all = all.maxAttempts(1);
		}
		return Terms.of(all, queue);
	}

	/**
	 * Attempts that the settings give to all jobs do not bind one that may run once;
	 * those that somebody chose for it contradict it.
	 */
	private static void requireOneAttempt(TypeName type, JobOptions chosen) {
		int attempts = chosen.get(JobOption.MAX_ATTEMPTS).orElse(1);
		if (attempts > 1) {
			throw new IllegalArgumentException(
					"A job of type %s asks for delivery AT_MOST_ONCE and for %d attempts, but such a job has one. Leave one of them out"
						.formatted(type, attempts));
		}
	}

}
