package dev.q.admin.explain;

import java.time.Instant;
import java.util.Map;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @since 0.1
 */
public sealed interface End extends Reason {

	/**
	 * It succeeded.
	 *
	 * @param at when
	 * @param result what it left behind: none, value or omitted
	 */
	record Succeeded(Instant at, String result) implements End {

		@Override
		public String code() {
			return "SUCCEEDED";
		}

		@Override
		public String text() {
			return "It succeeded at %s; result: %s".formatted(this.at, this.result);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("at", this.at, "result", this.result);
		}

	}

	/**
	 * It is dead.
	 *
	 * @param at when it died
	 * @param reason why
	 * @param failure its last failure, or null if there is none
	 */
	record Dead(Instant at, DeadReason reason, @Nullable JobError failure) implements End {

		@Override
		public String code() {
			return "DEAD";
		}

		@Override
		public String text() {
			return "It died at %s, %s%s. A retry brings it back".formatted(this.at, Evidence.why(this.reason),
					Evidence.with(this.failure));
		}

		@Override
		public Map<String, Object> evidence() {
			return Evidence.of("at", this.at).and("reason", this.reason).and(this.failure).map();
		}

	}

	/**
	 * It was cancelled.
	 *
	 * @param at when
	 * @param reason why, for people, or null if nobody said
	 */
	record Cancelled(Instant at, @Nullable String reason) implements End {

		@Override
		public String code() {
			return "CANCELLED";
		}

		@Override
		public String text() {
			return "It was cancelled at %s%s. A retry brings it back".formatted(this.at,
					(this.reason != null) ? ": " + Names.printable(this.reason, 500) : "");
		}

		@Override
		public Map<String, Object> evidence() {
			return Evidence.of("at", this.at).and("reason", this.reason).map();
		}

	}

	/**
	 * It expired.
	 *
	 * @param at when it ended
	 */
	record Expired(Instant at) implements End {

		@Override
		public String code() {
			return "EXPIRED";
		}

		@Override
		public String text() {
			return "It ended at %s, as its time to live or its deadline was over. A retry brings it back"
				.formatted(this.at);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("at", this.at);
		}

	}

}
