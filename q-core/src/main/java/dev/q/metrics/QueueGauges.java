package dev.q.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.JobState;
import dev.q.store.QueueStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Shows the queues as somebody saw them last. To read a gauge costs a look at a field,
 * whatever the store holds. As long as nobody has seen them, or could not when it was
 * tried last, the gauges have no value ({@code NaN}).
 *
 * <p>
 * Written by one thread at a time, read by many.
 *
 * @since 0.1
 */
public final class QueueGauges {

	private final MultiGauge depth;

	private final MultiGauge oldest;

	private final TagValues values;

	/** By tag of the queue. Owned by whoever writes. */
	private final Map<String, Shown> shown = new HashMap<>();

	/**
	 * Makes gauges that show no queue yet.
	 * @param registry where the gauges are
	 * @param values names queues
	 */
	public QueueGauges(MeterRegistry registry, TagValues values) {
		this.depth = MultiGauge.builder(QMeters.DEPTH.getName())
			.description(QMeters.DEPTH.meaning())
			.register(registry);
		this.oldest = MultiGauge.builder(QMeters.OLDEST.getName())
			.description(QMeters.OLDEST.meaning())
			.baseUnit(QMeters.OLDEST.getBaseUnit())
			.register(registry);
		this.values = values;
	}

	/**
	 * Shows queues from now on, and no others.
	 * @param queues what they look like
	 * @param now when that was
	 */
	public void show(List<QueueStats> queues, Instant now) {
		Map<String, Seen> seen = new HashMap<>();
		for (QueueStats queue : queues) {
			seen.merge(this.values.of(queue.queue()), Seen.of(queue, now), Seen::and);
		}
		boolean changed = this.shown.keySet().retainAll(seen.keySet());
		for (Map.Entry<String, Seen> entry : seen.entrySet()) {
			changed |= !this.shown.containsKey(entry.getKey());
			this.shown.computeIfAbsent(entry.getKey(), Shown::new).last = entry.getValue();
		}
		if (changed) {
			register();
		}
	}

	/**
	 * Shows that nobody knows.
	 */
	public void showNothing() {
		this.shown.values().forEach((queue) -> queue.last = null);
	}

	private void register() {
		List<MultiGauge.Row<?>> depths = new ArrayList<>();
		List<MultiGauge.Row<?>> ages = new ArrayList<>();
		this.shown.values().forEach((queue) -> {
			for (JobState state : JobState.values()) {
				depths.add(MultiGauge.Row.of(queue.tags.and(MeterTag.STATE.tag(TagValues.of(state))), queue,
						(each) -> each.count(state)));
			}
			ages.add(MultiGauge.Row.of(queue.tags, queue, Shown::oldest));
		});
		this.depth.register(depths);
		this.oldest.register(ages);
	}

	/**
	 * A queue, or all those that share a tag.
	 */
	private static final class Shown {

		private final Tags tags;

		private volatile @Nullable Seen last;

		Shown(String queue) {
			this.tags = Tags.of(MeterTag.QUEUE.tag(queue));
		}

		double count(JobState state) {
			Seen seen = this.last;
			return (seen != null) ? seen.counts.getOrDefault(state, 0L) : Double.NaN;
		}

		double oldest() {
			Seen seen = this.last;
			return (seen != null) ? seen.oldest.toNanos() / 1e9 : Double.NaN;
		}

	}

	/**
	 * What was seen of a queue.
	 *
	 * @param counts how many jobs are in each state
	 * @param oldest how long the first ready job has been due, zero if there is none
	 */
	private record Seen(Map<JobState, Long> counts, Duration oldest) {

		static Seen of(QueueStats queue, Instant now) {
			Instant since = queue.oldestReady();
			return new Seen(queue.counts(),
					(since != null && since.isBefore(now)) ? Duration.between(since, now) : Duration.ZERO);
		}

		Seen and(Seen other) {
			Map<JobState, Long> sum = new EnumMap<>(JobState.class);
			sum.putAll(this.counts);
			other.counts.forEach((state, count) -> sum.merge(state, count, Long::sum));
			return new Seen(sum, (this.oldest.compareTo(other.oldest) < 0) ? other.oldest : this.oldest);
		}

	}

}
