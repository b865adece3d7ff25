package dev.q.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.q.job.Job;
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

	private final ReentrantLock lock = new ReentrantLock();

	/** Written under the lock. */
	private volatile List<Hearer> hearers;

	private final List<? extends JobFailureListener> ofFailures;

	/**
	 * Collects the listeners.
	 * @param listeners who is told, in this order; may be empty
	 */
	public JobEvents(List<? extends JobListener> listeners) {
		this(listeners, List.of());
	}

	/**
	 * Collects the listeners.
	 * @param listeners who is told, in this order; may be empty
	 * @param ofFailures who is told of failures, after those, in this order; may be empty
	 */
	public JobEvents(List<? extends JobListener> listeners, List<? extends JobFailureListener> ofFailures) {
		this.hearers = listeners.stream().map(Hearer::new).toList();
		this.ofFailures = List.copyOf(ofFailures);
	}

	/**
	 * Lets somebody listen for a while, after all others. Not possible with
	 * {@link #NONE}, which is nobody's own.
	 * @param listener who is told from now on
	 * @see #detach
	 */
	public void attach(JobListener listener) {
		if (!equals(NONE)) {
			change((all) -> all.add(new Hearer(listener)));
		}
	}

	/**
	 * Lets somebody listen no longer, who may be told of an event that is on its way all
	 * the same.
	 * @param listener as it was attached; unknown ones do no harm
	 */
	public void detach(JobListener listener) {
		change((all) -> all.removeIf((hearer) -> hearer.listener.equals(listener)));
	}

	private void change(Consumer<List<Hearer>> step) {
		this.lock.lock();
		try {
			List<Hearer> all = new ArrayList<>(this.hearers);
			step.accept(all);
			this.hearers = List.copyOf(all);
		}
		finally {
			this.lock.unlock();
		}
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
	 * Whether somebody wants to be told of failures.
	 * @return false if there are no such listeners
	 */
	public boolean hearsFailures() {
		return !this.ofFailures.isEmpty();
	}

	/**
	 * Tells all who want to know of failures.
	 * @param job the job
	 * @param failure what was thrown
	 * @param willRetry whether another attempt follows
	 */
	public void failed(Job job, Throwable failure, boolean willRetry) {
		for (JobFailureListener listener : this.ofFailures) {
			try {
				listener.onFailure(job, failure, willRetry);
			}
			// Whatever it is, as above. Failures are rare, so each of these is logged.
			catch (Throwable ex) {
				logger.warn("Listener {} failed when it was told of a failure of job {}. The job goes on",
						listener.getClass().getName(), job.id(), ex);
			}
		}
	}

	/**
	 * A listener, and whether it was reported.
	 */
	private record Hearer(JobListener listener, AtomicBoolean isReported) {

		Hearer(JobListener listener) {
			this(listener, new AtomicBoolean());
		}

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
