package dev.q.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.Job;
import dev.q.job.JobTimes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one handler in one queue. Each is registered when it is used first, and
 * found by a constant from then on.
 */
final class HandlerMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final Map<AttemptOutcome, Timer> executions = new ConcurrentHashMap<>();

	private final Map<AttemptOutcome, Timer> endToEnd = new ConcurrentHashMap<>();

	private final Map<Enum<?>, Counter> counters = new ConcurrentHashMap<>();

	private volatile @Nullable Timer wait;

	HandlerMeters(MeterRegistry registry, String queue, String handler) {
		this.registry = registry;
		this.tags = Tags.of(MeterTag.QUEUE.tag(queue), MeterTag.HANDLER.tag(handler));
	}

	void waited(Job job) {
		Instant due = job.times().runAt();
		Instant started = job.times().startedAt();
		if (due != null && started != null) {
			Timer timer = this.wait;
			if (timer == null) {
				timer = timer(QMeters.WAIT, Tags.empty());
				this.wait = timer;
			}
			timer.record(Duration.between(due, started));
		}
	}

	/**
	 * An attempt is over.
	 * @param took how long it took, or null if nobody knows
	 */
	void attempted(AttemptOutcome outcome, @Nullable Duration took) {
		if (took != null) {
			timer(this.executions, QMeters.EXECUTION, outcome).record(took);
		}
	}

	/**
	 * A job is over, with an attempt.
	 */
	void ended(AttemptOutcome outcome, Job job, @Nullable Duration took) {
		attempted(outcome, took);
		Duration lived = lived(job.times(), took);
		if (lived != null) {
			timer(this.endToEnd, QMeters.END_TO_END, outcome).record(lived);
		}
	}

	/**
	 * By the store's clock up to the claim, and a span from there: no two clocks are
	 * compared.
	 */
	private static @Nullable Duration lived(JobTimes times, @Nullable Duration took) {
		Instant started = times.startedAt();
		if (took != null && started != null) {
			return Duration.between(times.createdAt(), started).plus(took);
		}
		Instant finished = times.finishedAt();
		return (finished != null) ? Duration.between(times.createdAt(), finished) : null;
	}

	void count(QMeters meter) {
		Counter counter = this.counters.get(meter);
		((counter != null) ? counter : counter(meter, meter, this.tags)).increment();
	}

	/**
	 * Counts for a reason. A constant is a reason of one meter alone.
	 */
	void count(QMeters meter, Enum<?> reason) {
		Counter counter = this.counters.get(reason);
		((counter != null) ? counter : counter(reason, meter, this.tags.and(MeterTag.REASON.tag(TagValues.of(reason)))))
			.increment();
	}

	private Counter counter(Enum<?> key, QMeters meter, Tags all) {
		return this.counters.computeIfAbsent(key,
				(absent) -> Counter.builder(meter.getName())
					.description(meter.meaning())
					.tags(all)
					.register(this.registry));
	}

	private Timer timer(Map<AttemptOutcome, Timer> timers, QMeters meter, AttemptOutcome outcome) {
		Timer timer = timers.get(outcome);
		return (timer != null) ? timer : timers.computeIfAbsent(outcome,
				(absent) -> timer(meter, Tags.of(MeterTag.OUTCOME.tag(TagValues.of(outcome)))));
	}

	private Timer timer(QMeters meter, Tags more) {
		return Timer.builder(meter.getName())
			.description(meter.meaning())
			.tags(this.tags.and(more))
			.register(this.registry);
	}

}
