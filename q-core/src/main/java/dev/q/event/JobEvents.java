package dev.q.event;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several listeners, one after the other. A listener that throws disturbs nobody:
 * it is told of the next event all the same, and its first failure is logged.
 *
 * @since 0.1
 */
public final class JobEvents {

	/** Nobody listens. */
	public static final JobEvents NONE = new JobEvents(List.of());

	private static final Logger logger = LoggerFactory.getLogger(JobEvents.class);

	private final List<Hearer> hearers;

	/**
	 * Collects the listeners.
	 * @param listeners who is told, in this order; may be empty
	 */
	public JobEvents(List<? extends JobListener> listeners) {
		this.hearers = listeners.stream().map((listener) -> new Hearer(listener, new AtomicBoolean())).toList();
	}

	/**
	 * Whether nobody listens, so that an event need not be made.
	 * @return true if there are no listeners
	 */
	public boolean isSilent() {
		return this.hearers.isEmpty();
	}

	/**
	 * Tells all listeners.
	 * @param event what happened
	 */
	public void publish(JobEvent event) {
		for (Hearer hearer : this.hearers) {
			hearer.tell(event);
		}
	}

	/**
	 * A listener, and whether it was reported.
	 */
	private record Hearer(JobListener listener, AtomicBoolean isReported) {

		void tell(JobEvent event) {
			try {
				this.listener.onEvent(event);
			}
			// Whatever it is: whoever publishes has a job in hand, and listeners behind.
			catch (Throwable ex) {
				report(event, ex);
			}
		}

		private void report(JobEvent event, Throwable failure) {
			if (this.isReported.compareAndSet(false, true)) {
				logger.warn(
						"Listener {} failed when {} was told of job {}. The job goes on; more failures are not logged",
						this.listener.getClass().getName(), event.getClass().getSimpleName(), event.id(), failure);
			}
		}

	}

}
