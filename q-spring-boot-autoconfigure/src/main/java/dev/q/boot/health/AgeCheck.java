package dev.q.boot.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.q.boot.HealthProperties;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;

/**
 * Holds the age of the oldest ready job of each queue against a limit. Asks the store, so
 * that one that is away shows at once.
 */
final class AgeCheck {

	private final JobStore store;

	private final HealthProperties limits;

	private final InstantSource clock;

	AgeCheck(JobStore store, HealthProperties limits, InstantSource clock) {
		this.store = store;
		this.limits = limits;
		this.clock = clock;
	}

	/** Turns health down if a queue is too old. */
	void addTo(Health.Builder builder) {
		if (!this.limits.hasLimit()) {
			return;
		}
		try {
			List<String> problems = problems();
			if (!problems.isEmpty()) {
				builder.down().withDetail("TOO_OLD", String.join("; ", problems));
			}
		}
		catch (StoreException ex) {
			builder.down().withDetail("STORE_AWAY", String.valueOf(ex.getMessage()));
		}
	}

	private List<String> problems() {
		Instant now = this.clock.instant();
		List<String> problems = new ArrayList<>();
		for (QueueStats queue : this.store.catalog().queues()) {
			Duration limit = this.limits.limitOf(queue.queue().value());
			Duration age = age(queue, now);
			if (limit != null && age != null && age.compareTo(limit) > 0) {
				problems.add("the oldest ready job of queue %s has been due for %d s, and may for %d s"
					.formatted(queue.queue(), age.toSeconds(), limit.toSeconds()));
			}
		}
		return problems;
	}

	private static @Nullable Duration age(QueueStats queue, Instant now) {
		Instant oldest = queue.oldestReady();
		return (oldest == null || queue.pause().stopsOut()) ? null : Duration.between(oldest, now);
	}

}
