package dev.q.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.handler.HandlerMark;
import dev.q.job.DeliveryMode;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

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

	/**
	 * Who says what counts of a point.
	 * @param option the point
	 * @param handler type of the job, and what its handler says
	 * @param call what the call itself says
	 * @return the nearest layer that says something, for people
	 */
	String origin(JobOption<?> option, HandlerMark handler, JobOptions call) {
		QueueName queue = queue(call(call).over(handler.options()));
		if (call.get(option).isPresent()) {
			return "the call";
		}
		if (this.view.get(option).isPresent()) {
			return "the template that was called";
		}
		if (handler.options().get(option).isPresent()) {
			return "the handler of type " + handler.type();
		}
		return this.settings.own(queue).get(option).isPresent()
				? "the settings of queue %1$s, q.queues.%1$s".formatted(queue) : "the settings of the application";
	}

	private Terms merge(HandlerMark handler, JobOptions call) {
		JobOptions chosen = call(call).over(handler.options());
		QueueName queue = queue(chosen);
		JobOptions all = chosen.over(this.settings.of(queue));
		boolean once = all.get(JobOption.DELIVERY).orElse(null) == DeliveryMode.AT_MOST_ONCE;
		Terms terms = Terms.of(once ? all.maxAttempts(1) : all, queue);
		Clash clash = once ? secondAttempt(chosen, this.settings.own(queue)) : null;
		clash = (clash != null) ? clash : terms.clash();
		if (clash != null) {
			throw clash.refused(handler.type(), (option) -> origin(option, handler, call));
		}
		return terms;
	}

	private QueueName queue(JobOptions chosen) {
		return chosen.get(JobOption.QUEUE)
			.or(() -> this.settings.defaults().get(JobOption.QUEUE))
			.orElse(QueueName.DEFAULT);
	}

	/**
	 * Attempts that the settings give to many jobs do not bind one that somebody nearer
	 * to it chose to run once; those that were chosen for it contradict that, and so do
	 * those of a queue whose own settings, or the application's, say so.
	 */
	private static @Nullable Clash secondAttempt(JobOptions chosen, JobOptions queue) {
		boolean isChosen = chosen.get(JobOption.DELIVERY).isPresent();
		int attempts = (isChosen ? chosen : chosen.over(queue)).get(JobOption.MAX_ATTEMPTS).orElse(1);
		return (attempts > 1) ? new Clash("can have one attempt",
				new Clash.Point(JobOption.DELIVERY, "delivery AT_MOST_ONCE"),
				new Clash.Point(JobOption.MAX_ATTEMPTS, "%d attempts".formatted(attempts)), "Leave one of them out")
				: null;
	}

}
