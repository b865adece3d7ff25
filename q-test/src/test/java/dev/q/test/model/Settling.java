package dev.q.test.model;

import java.time.Duration;
import java.time.Instant;

import dev.q.job.Due;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.history.AttemptOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome does to a job, and what it counts.
 *
 * @param books what is known
 * @param order who comes first
 */
record Settling(Books books, Order order) {

	void apply(ModelJob job, Outcome outcome) {
		job.unhandledSince = unhandledSince(job, outcome);
		if (outcome instanceof Outcome.Succeeded succeeded) {
			job.result = succeeded.result();
			job.end(JobState.SUCCEEDED, this.books.now());
		}
		else if (outcome instanceof Outcome.Retry retry) {
			job.note(AttemptOutcome.FAILED, retry.error(), this.books.now());
			job.counters = job.counters.failed();
			job.lastError = retry.error();
			this.order.await(job, timeIn(retry.delay()), JobState.RETRYING);
		}
		else if (outcome instanceof Outcome.Dead dead) {
			job.note(AttemptOutcome.DEAD, dead.error(), this.books.now());
			job.counters = dead.reason().countsAsFailure() ? job.counters.failed() : job.counters;
			job.lastError = dead.error();
			job.deadReason = dead.reason();
			job.end(JobState.DEAD, this.books.now());
		}
		else if (outcome instanceof Outcome.Cancelled cancelled) {
			job.note(AttemptOutcome.CANCELLED, null, this.books.now());
			job.cancelReason = cancelled.reason();
			job.end(JobState.CANCELLED, this.books.now());
		}
		else if (outcome instanceof Outcome.Released released) {
			release(job, released);
		}
	}

	private void release(ModelJob job, Outcome.Released released) {
		job.note(outcomeOf(released.reason()), null, this.books.now());
		job.counters = job.counters.released(released.reason());
		if (released.reason() == ReleaseReason.SHUTDOWN) {
			this.order.toTheFront(job);
		}
		else {
			this.order.await(job, timeIn(released.delay()), JobState.SCHEDULED);
		}
	}

	private static AttemptOutcome outcomeOf(ReleaseReason reason) {
		return switch (reason) {
			case SHUTDOWN -> AttemptOutcome.RELEASED;
			case NACK -> AttemptOutcome.REFUSED;
			case SNOOZE -> AttemptOutcome.SNOOZED;
			case NO_HANDLER -> AttemptOutcome.UNHANDLED;
		};
	}

	private Instant timeIn(Duration delay) {
		Instant now = this.books.now();
		return (delay.compareTo(Duration.between(now, Due.LATEST)) < 0) ? now.plus(delay) : Due.LATEST;
	}

	/** Every outcome but the want of a handler shows that there is one. */
	private @Nullable Instant unhandledSince(ModelJob job, Outcome outcome) {
		boolean unhandled = outcome instanceof Outcome.Released released
				&& released.reason() == ReleaseReason.NO_HANDLER;
		if (!unhandled) {
			return null;
		}
		return (job.unhandledSince != null) ? job.unhandledSince : this.books.now();
	}

}
