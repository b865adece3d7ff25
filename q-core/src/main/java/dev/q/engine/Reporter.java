package dev.q.engine;

import java.time.Duration;
import java.util.Objects;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and listeners what became of jobs, once the store has it.
 */
final class Reporter {

	private static final Logger logger = LoggerFactory.getLogger("dev.q.jobs");

	private final JobEvents events;

	Reporter(JobEvents events) {
		this.events = events;
	}

	void started(Job job) {
		if (!this.events.isSilent()) {
			this.events.publish(new JobEvent.Started(job));
		}
	}

	void settled(Job job, Execution.Ending ending) {
		Outcome outcome = ending.outcome();
		if (outcome instanceof Outcome.Retry retry) {
			logger.warn("Job {} of type {} in queue {} failed in attempt {} of {}, and is tried again in {}: {}",
					job.id(), job.spec().type(), job.spec().queue(), job.attempt(), job.spec().limits().maxAttempts(),
					retry.delay(), retry.error().summary());
		}
		else if (outcome instanceof Outcome.Dead dead) {
			JobError error = dead.error();
			logger.warn("Job {} of type {} in queue {} is dead ({}) after attempt {} of {}: {}\n{}", job.id(),
					job.spec().type(), job.spec().queue(), dead.reason(), job.attempt(),
					job.spec().limits().maxAttempts(), error.summary(), error.stackTrace());
		}
		if (!this.events.isSilent()) {
			this.events.publish(eventOf(job, outcome, ending.took()));
		}
	}

	/**
	 * Takes a lost job from its handler.
	 */
	void lost(Execution execution) {
		if (execution.lose()) {
			Job job = execution.job();
			logger.warn(
					"Job {} of type {} in queue {} was taken from this worker: its lease ran out, or it was"
							+ " cancelled, deleted or expired. What its handler does from now on is not recorded",
					job.id(), job.spec().type(), job.spec().queue());
			if (!this.events.isSilent()) {
				this.events.publish(new JobEvent.LeaseLost(job));
			}
		}
	}

	private static JobEvent eventOf(Job job, Outcome outcome, @Nullable Duration measured) {
		Duration took = Objects.requireNonNullElse(measured, Duration.ZERO);
		if (outcome instanceof Outcome.Succeeded succeeded) {
			return new JobEvent.Succeeded(job, succeeded.result(), took);
		}
		if (outcome instanceof Outcome.Retry retry) {
			return new JobEvent.Retried(job, retry.delay(), retry.error(), took);
		}
		if (outcome instanceof Outcome.Dead dead) {
			return new JobEvent.Died(job, dead.reason(), dead.error(), measured);
		}
		if (outcome instanceof Outcome.Cancelled cancelled) {
			return new JobEvent.Cancelled(job, cancelled.reason(), took);
		}
		Outcome.Released released = (Outcome.Released) outcome;
		return new JobEvent.Released(job, released.reason(), released.delay());
	}

}
