package dev.q.client;

import dev.q.JobOptions;
import dev.q.handler.HandlerMark;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.JobStore;

/**
 * Finds out at the start what would be refused at each enqueue: options of handlers,
 * queues and application that contradict each other, or that the store cannot grant. Safe
 * for use by many threads.
 *
 * @since 0.1
 */
public final class OptionCheck {

	private static final TypeName ANY = new TypeName("any-type");

	private final OptionLayers layers;

	private final Grants grants;

	/**
	 * Makes a check.
	 * @param store what can be granted
	 * @param settings what is said of queues and of all jobs
	 */
	public OptionCheck(JobStore store, ClientSettings settings) {
		this.layers = new OptionLayers(settings, JobOptions.NONE);
		this.grants = new Grants(store);
	}

	/**
	 * Makes sure that jobs of a handler can be stored whose enqueue says nothing.
	 * @param handler their type, and what the handler says of them
	 * @throws IllegalArgumentException if they cannot; the message names values and who
	 * said them
	 */
	public void requireSound(HandlerMark handler) {
		requireSound(handler, JobOptions.NONE);
	}

	/**
	 * Makes sure that jobs of a queue can be stored of which nobody else says anything.
	 * @param queue which queue
	 * @throws IllegalArgumentException if they cannot; the message names values and who
	 * said them
	 */
	public void requireSound(QueueName queue) {
		requireSound(new HandlerMark(ANY, JobOptions.NONE), JobOptions.NONE.queue(queue.value()));
	}

	private void requireSound(HandlerMark handler, JobOptions call) {
		Grants.Missing missing = this.grants.missing(this.layers.terms(handler, call));
		if (missing != null) {
			throw new IllegalArgumentException(
					"A job of type %s asks for %s (from %s), which cannot be granted. %s".formatted(handler.type(),
							missing.value(), this.layers.origin(missing.option(), handler, call), missing.remedy()));
		}
	}

}
