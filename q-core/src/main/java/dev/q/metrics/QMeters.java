package dev.q.metrics;

import java.util.List;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of Q. What a process counts and times is what happens in that process; the
 * gauges of queues show the store, which all processes share, so they are the same
 * wherever they are read: take their maximum, not their sum.
 *
 * @since 0.1
 */
public enum QMeters implements MeterDocumentation {

	/** How long attempts take. */
	EXECUTION("q.job.execution", Meter.Type.TIMER, "how long an attempt took, from the start of its handler to its end",
			MeterTag.QUEUE, MeterTag.HANDLER, MeterTag.OUTCOME),

	/** How long due jobs wait. */
	WAIT("q.job.wait", Meter.Type.TIMER, "how long a job was due when it was claimed, by the store's clock",
			MeterTag.QUEUE, MeterTag.HANDLER),

	/** How long jobs live. */
	END_TO_END("q.job.e2e", Meter.Type.TIMER,
			"from the storing of a job to the end of its last attempt, delays and retries included", MeterTag.QUEUE,
			MeterTag.HANDLER, MeterTag.OUTCOME),

	/** Jobs that were stored. */
	ENQUEUED("q.jobs.enqueued", Meter.Type.COUNTER, "jobs that were stored, and are committed", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Jobs that were left out in favour of others. */
	DEDUPLICATED("q.jobs.deduplicated", Meter.Type.COUNTER,
			"jobs that were not stored, since their id is known or another job has their unique key", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Jobs that the store refused. */
	REFUSED("q.jobs.refused", Meter.Type.COUNTER,
			"jobs that the store refused: `full`, `paused` or `key_taken`, for who asked for an exception",
			MeterTag.QUEUE, MeterTag.HANDLER, MeterTag.REASON),

	/** Jobs with too few copies. */
	NOT_REPLICATED("q.jobs.not.replicated", Meter.Type.COUNTER, "jobs that are stored with fewer copies than asked for",
			MeterTag.QUEUE, MeterTag.HANDLER),

	/** Jobs that were lost after a commit. */
	NOT_STORED("q.jobs.not.stored", Meter.Type.COUNTER,
			"jobs that waited for the commit of their caller and could not be stored after it", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Failed attempts that are followed by another. */
	RETRIED("q.jobs.retried", Meter.Type.COUNTER, "failed attempts that another one follows", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Jobs that died. */
	DEAD("q.jobs.dead", Meter.Type.COUNTER,
			"jobs that died: `exhausted`, `permanent`, `crashed`, `undecodable`, `no_handler`, `interrupted` or `lost`",
			MeterTag.QUEUE, MeterTag.HANDLER, MeterTag.REASON),

	/** Jobs that were cancelled. */
	CANCELLED("q.jobs.cancelled", Meter.Type.COUNTER,
			"jobs that their handlers have cancelled here, and jobs that this process has cancelled, whoever had them",
			MeterTag.QUEUE, MeterTag.HANDLER),

	/** Jobs that came to the end of their time. */
	EXPIRED("q.jobs.expired", Meter.Type.COUNTER, "jobs that came to the end of their time to live", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Jobs that were handed back. */
	RELEASED("q.jobs.released", Meter.Type.COUNTER,
			"jobs that were handed back without a failure: `snooze`, `nack`, `shutdown` or `no_handler`",
			MeterTag.QUEUE, MeterTag.HANDLER, MeterTag.REASON),

	/** Jobs that were taken back from lost workers. */
	RECOVERED("q.jobs.recovered", Meter.Type.COUNTER,
			"jobs that this process took back from workers whose leases ran out, to be delivered again", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Jobs that a worker has lost. */
	LEASE_LOST("q.jobs.lease.lost", Meter.Type.COUNTER, "jobs that this worker lost while it held them", MeterTag.QUEUE,
			MeterTag.HANDLER),

	/** Outcomes that came too late. */
	STALE("q.jobs.stale", Meter.Type.COUNTER, "outcomes that count for nothing, since the job was lost before",
			MeterTag.QUEUE, MeterTag.HANDLER),

	/** Handlers that did not come back. */
	ABANDONED("q.jobs.abandoned", Meter.Type.COUNTER,
			"attempts whose handler did not come back from its timeout, so that its thread was given up",
			MeterTag.QUEUE, MeterTag.HANDLER),

	/** Depth of queues. */
	DEPTH("q.queue.jobs", Meter.Type.GAUGE, "jobs of a queue in a state; finished ones as long as they are kept",
			MeterTag.QUEUE, MeterTag.STATE),

	/** Age of queues. */
	OLDEST("q.queue.oldest", Meter.Type.GAUGE, "seconds", "how long the first ready job of a queue has been due",
			MeterTag.QUEUE),

	/** Jobs in hand. */
	RUNNING("q.worker.running", Meter.Type.GAUGE, "jobs that this worker holds"),

	/** Age of the oldest job in hand. */
	OLDEST_RUNNING("q.worker.oldest.running", Meter.Type.GAUGE, "seconds",
			"how long the oldest job of this worker has been running; 0 if none is"),

	/** Threads that hang. */
	ABANDONED_THREADS("q.worker.abandoned.threads", Meter.Type.GAUGE,
			"threads of this worker that hang in handlers which were given up"),

	/** Slots of a group. */
	SLOTS("q.worker.slots", Meter.Type.GAUGE, "how many jobs a worker group may run at once", MeterTag.GROUP),

	/** Free slots of a group. */
	FREE_SLOTS("q.worker.slots.free", Meter.Type.GAUGE, "how many more it may run now", MeterTag.GROUP);

	private final String meter;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String meaning;

	@SuppressWarnings("ImmutableEnumChecker") // made by List.of
	private final List<MeterTag> tags;

	QMeters(String meter, Meter.Type type, String meaning, MeterTag... tags) {
		this(meter, type, null, meaning, tags);
	}

	QMeters(String meter, Meter.Type type, @Nullable String unit, String meaning, MeterTag... tags) {
		this.meter = meter;
		this.type = type;
		this.unit = unit;
		this.meaning = meaning;
		this.tags = List.of(tags);
	}

	@Override
	public String getName() {
		return this.meter;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.toArray(new KeyName[0]);
	}

	/**
	 * What it measures.
	 * @return a sentence for people, in Markdown
	 */
	public String meaning() {
		return this.meaning;
	}

	/**
	 * Its tags.
	 * @return all of them; each is always there
	 */
	public List<MeterTag> tags() {
		return this.tags;
	}

}
