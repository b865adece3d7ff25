package dev.q.admin.explain;

import java.time.Instant;
import java.util.Map;

import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Names;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * What a job itself waits for, or does.
 *
 * @since 0.1
 */
public sealed interface Waiting extends Reason {

	/**
	 * Its time to live or its deadline is over; the next look of maintenance ends it.
	 *
	 * @param since when that was
	 */
	record ExpiredAlready(Instant since) implements Waiting {

		@Override
		public String code() {
			return "EXPIRED_ALREADY";
		}

		@Override
		public String text() {
			return "It expired at %s, and ends as EXPIRED at the next round of maintenance".formatted(this.since);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("since", this.since);
		}

	}

	/**
	 * It is not due yet.
	 *
	 * @param at when it is due
	 */
	record Scheduled(Instant at) implements Waiting {

		@Override
		public String code() {
			return "SCHEDULED";
		}

		@Override
		public String text() {
			return "It is scheduled for %s".formatted(this.at);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("at", this.at);
		}

	}

	/**
	 * It failed, and its next attempt is not due yet.
	 *
	 * @param at when it is due
	 * @param attempt number of that attempt
	 * @param failure how the last attempt ended, or null if that is not known
	 */
	record RetryBackoff(Instant at, int attempt, @Nullable JobError failure) implements Waiting {

		@Override
		public String code() {
			return "RETRY_BACKOFF";
		}

		@Override
		public String text() {
			return "It failed%s, and waits until %s for attempt %d".formatted(Evidence.with(this.failure), this.at,
					this.attempt);
		}

		@Override
		public Map<String, Object> evidence() {
			return Evidence.of("at", this.at).and("attempt", this.attempt).and(this.failure).map();
		}

	}

	/**
	 * Somebody put it on hold.
	 */
	record OnHold() implements Waiting {

		@Override
		public String code() {
			return "ON_HOLD";
		}

		@Override
		public String text() {
			return "It is on hold until somebody releases it or gives it a time";
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of();
		}

	}

	/**
	 * Another job has its unique key.
	 *
	 * @param key the key
	 * @param holder who has it, or null if it has just been let go of
	 * @param holderState where that one stands, or null if that is gone
	 */
	record WaitingForKey(String key, @Nullable JobId holder, @Nullable JobState holderState) implements Waiting {

		@Override
		public String code() {
			return "WAITING_FOR_KEY";
		}

		@Override
		public String text() {
			return "It waits for the unique key %s%s".formatted(Names.quoted(this.key), holderText());
		}

		@Override
		public Map<String, Object> evidence() {
			return Evidence.of("key", this.key).and("holder", this.holder).and("holderState", this.holderState).map();
		}

		private String holderText() {
			if (this.holder == null) {
				return ", which nobody holds any more; it follows in a moment";
			}
			return ", which job %s holds%s".formatted(this.holder,
					(this.holderState != null) ? " (%s)".formatted(this.holderState) : "");
		}

	}

	/**
	 * A worker runs it.
	 *
	 * @param worker who
	 * @param until until when its lease holds without renewal
	 * @param attempt number of the attempt
	 * @param isRegistered whether the register has that worker still
	 */
	record Running(WorkerId worker, Instant until, int attempt, boolean isRegistered) implements Waiting {

		@Override
		public String code() {
			return "RUNNING";
		}

		@Override
		public String text() {
			return "Worker %s runs attempt %d; its lease holds until %s%s"
				.formatted(this.worker, this.attempt, this.until, this.isRegistered ? ""
						: ". That worker is not in the register any more; if it is gone, the job is taken back then");
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("worker", this.worker.value(), "leasedUntil", this.until, "attempt", this.attempt,
					"registered", this.isRegistered);
		}

	}

	/**
	 * A worker ran it, and has not renewed its lease; the next look of maintenance takes
	 * the job back.
	 *
	 * @param worker who
	 * @param since since when
	 */
	record LeaseOver(WorkerId worker, Instant since) implements Waiting {

		@Override
		public String code() {
			return "WAITING_FOR_RECOVERY";
		}

		@Override
		public String text() {
			return "The lease of worker %s is over since %s; the next round of maintenance takes the job back, unless the worker is heard of before"
				.formatted(this.worker, this.since);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("worker", this.worker.value(), "since", this.since);
		}

	}

}
