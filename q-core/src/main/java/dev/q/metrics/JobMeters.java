package dev.q.metrics;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.JobSpec;
import dev.q.job.TypeName;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts and times what happens to jobs in this process. Costs no call of the store, and
 * once a meter is there, no memory.
 *
 * @since 0.1
 */
public final class JobMeters implements JobListener {

	private final MeterRegistry registry;

	private final TagValues values;

	/** By queue tag, then by type. */
	private final ConcurrentMap<String, ConcurrentMap<TypeName, HandlerMeters>> meters = new ConcurrentHashMap<>();

	/** Of the types that are not known, by queue tag. */
	private final ConcurrentMap<String, HandlerMeters> unknown = new ConcurrentHashMap<>();

	/**
	 * Makes meters that are registered when something happens first.
	 * @param registry where the meters are
	 * @param values names queues and handlers
	 */
	public JobMeters(MeterRegistry registry, TagValues values) {
		this.registry = registry;
		this.values = values;
	}

	@Override
	public void onEvent(JobEvent event) {
		HandlerMeters own = of(event.spec());
		if (event instanceof JobEvent.Started started) {
			own.waited(started.job());
		}
		else if (event instanceof JobEvent.Succeeded succeeded) {
			own.ended(AttemptOutcome.SUCCEEDED, succeeded.job(), succeeded.took());
		}
		else if (event instanceof JobEvent.Enqueued) {
			own.count(QMeters.ENQUEUED);
		}
		else if (event instanceof JobEvent.OfJob ofJob) {
			worked(ofJob, own);
		}
		else {
			notTaken(event, own);
		}
	}

	private static void worked(JobEvent.OfJob event, HandlerMeters own) {
		if (event instanceof JobEvent.Retried retried) {
			own.count(QMeters.RETRIED);
			own.attempted(AttemptOutcome.RETRIED, retried.took());
		}
		else if (event instanceof JobEvent.Died died) {
			own.count(QMeters.DEAD, died.reason());
			own.ended(AttemptOutcome.DEAD, died.job(), died.took());
		}
		else if (event instanceof JobEvent.Cancelled cancelled) {
			cancelled(cancelled, own);
		}
		else if (event instanceof JobEvent.Released released) {
			own.count(QMeters.RELEASED, released.reason());
			own.attempted(AttemptOutcome.RELEASED, released.took());
		}
		else {
			lost(event, own);
		}
	}

	/** A job that others cancelled did not end with an attempt. */
	private static void cancelled(JobEvent.Cancelled event, HandlerMeters own) {
		own.count(QMeters.CANCELLED);
		if (event.took() != null) {
			own.ended(AttemptOutcome.CANCELLED, event.job(), event.took());
		}
	}

	private static void lost(JobEvent.OfJob event, HandlerMeters own) {
		if (event instanceof JobEvent.LeaseLost) {
			own.count(QMeters.LEASE_LOST);
		}
		else if (event instanceof JobEvent.Stale) {
			own.count(QMeters.STALE);
		}
		else if (event instanceof JobEvent.Recovered) {
			own.count(QMeters.RECOVERED);
		}
		else if (event instanceof JobEvent.Expired) {
			own.count(QMeters.EXPIRED);
		}
		else if (event instanceof JobEvent.Abandoned) {
			own.count(QMeters.ABANDONED);
		}
	}

	private static void notTaken(JobEvent event, HandlerMeters own) {
		if (event instanceof JobEvent.Deduplicated) {
			own.count(QMeters.DEDUPLICATED);
		}
		else if (event instanceof JobEvent.Refused refused) {
			own.count(QMeters.REFUSED, refused.reason());
		}
		else if (event instanceof JobEvent.NotReplicated) {
			own.count(QMeters.NOT_REPLICATED);
		}
		else if (event instanceof JobEvent.NotStored) {
			own.count(QMeters.NOT_STORED);
		}
	}

	private HandlerMeters of(JobSpec spec) {
		String queue = this.values.of(spec.queue());
		ConcurrentMap<TypeName, HandlerMeters> ofQueue = this.meters.get(queue);
		HandlerMeters found = (ofQueue != null) ? ofQueue.get(spec.type()) : null;
		return (found != null) ? found : make(queue, spec.type());
	}

	/** Types that are not known are kept nowhere: there may be any number. */
	private HandlerMeters make(String queue, TypeName type) {
		if (!this.values.isKnown(type)) {
			return this.unknown.computeIfAbsent(queue,
					(name) -> new HandlerMeters(this.registry, name, TagValues.UNKNOWN_HANDLER));
		}
		return this.meters.computeIfAbsent(queue, (name) -> new ConcurrentHashMap<>())
			.computeIfAbsent(type, (known) -> new HandlerMeters(this.registry, queue, known.value()));
	}

}
