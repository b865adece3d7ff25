package dev.q.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.q.admin.view.JsonMap;
import dev.q.engine.EngineSettings;
import dev.q.store.Retention;
import dev.q.store.WorkStore;

/**
 * How much is done, and how.
 *
 * @param jobs how many
 * @param producers how many threads enqueue
 * @param concurrency how many jobs run at once
 * @param payloadSize bytes of each payload
 * @param batch how many jobs a call enqueues
 * @param retention how long finished jobs are kept
 */
record Load(int jobs, int producers, int concurrency, int payloadSize, int batch, Retention retention) {

	static final int MOST_JOBS = 100_000_000;

	static final int MOST_THREADS = 1000;

	/** As an application that does not say. */
	static final int CONCURRENCY = 2 * Runtime.getRuntime().availableProcessors();

	static final int PAYLOAD = 100;

	private static final int MEBIBYTE = 1024 * 1024;

	/** What the engine needs besides: to claim, settle, renew, listen, keep in order. */
	private static final int CONNECTIONS_BESIDE = 6;

	Load {
		requireBetween("--jobs", 1, MOST_JOBS, jobs);
		requireBetween("--producers", 1, MOST_THREADS, producers);
		requireBetween("--concurrency", 1, MOST_THREADS, concurrency);
		requireBetween("--batch", 1, WorkStore.MAX_GROUP, batch);
	}

	/** The largest payload that may be enqueued is told by the configuration. */
	Load requirePayloadUpTo(int most) {
		if (this.payloadSize < Stamp.BYTES || this.payloadSize > most) {
			throw new IllegalArgumentException(
					"--payload-size must be from %d to %d bytes, which is q.max-payload, but was %d"
						.formatted(Stamp.BYTES, most, this.payloadSize));
		}
		if ((long) this.payloadSize * this.batch > 64L * MEBIBYTE) {
			throw new IllegalArgumentException(
					"--batch and --payload-size must not come to more than 64 MB in one call, but were %d and %d"
						.formatted(this.batch, this.payloadSize));
		}
		return this;
	}

	private static void requireBetween(String option, int least, int most, int value) {
		if (value < least || value > most) {
			throw new IllegalArgumentException(
					"%s must be from %d to %d, but was %d".formatted(option, least, most, value));
		}
	}

	/** How many calls of the store there are at once at most. */
	int connections() {
		return this.producers + this.concurrency + CONNECTIONS_BESIDE;
	}

	EngineSettings engine() {
		return EngineSettings.DEFAULT.withRetention(this.retention);
	}

	/** All settings, those of the engine too. */
	Map<String, Object> settings() {
		EngineSettings engine = engine();
		return new JsonMap().with("jobs", this.jobs)
			.with("producers", this.producers)
			.with("concurrency", this.concurrency)
			.with("payloadBytes", this.payloadSize)
			.with("batch", this.batch)
			.with("lease", engine.lease())
			.with("pollInterval", engine.pollInterval())
			.with("maintenanceInterval", engine.maintenanceInterval())
			.with("keepsSucceeded", this.retention.succeeded())
			.with("keepsSucceededPerQueue", this.retention.succeededPerQueue())
			.map();
	}

	/** What an application that sets nothing would do otherwise. */
	List<String> deviations() {
		List<String> deviations = new ArrayList<>();
		if (this.concurrency != CONCURRENCY) {
			deviations.add("concurrency %d instead of %d".formatted(this.concurrency, CONCURRENCY));
		}
		if (!this.retention.equals(Retention.DEFAULT)) {
			deviations.add("nothing that succeeded is kept");
		}
		deviations.add("due, expired, lost and old jobs of other queues, and schedules, are left to other workers");
		deviations.add("old jobs of the own queue are deleted by their number, not by their age");
		deviations.add("a listener counts each job that has succeeded");
		return deviations;
	}

}
