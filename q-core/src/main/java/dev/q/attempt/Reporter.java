package dev.q.attempt;

import java.time.Duration;
import java.util.Objects;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.RecordedFailureException;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Tells handlers what they must know, and people and listeners what became of jobs once
 * the store has it.
 */
final class Reporter {

	private final WorkerId worker;

	private final JobLog log;

	private final JobEvents events;

	Reporter(WorkerId worker, JobEvents events) {
		this.worker = worker;
		this.log = new JobLog(worker);
		this.events = events;
	}

	WorkerId worker() {
		return this.worker;
	}

	void started(Job job) {
		this.log.started(job);
		if (!this.events.isSilent()) {
			this.events.publish(new JobEvent.Started(job));
		}
	}

	void settled(Execution execution, Execution.Ending ending) {
		Job job = execution.job();
		this.log.settled(job, ending.outcome());
		if (!this.events.isSilent()) {
			this.events.publish(eventOf(job, ending.outcome(), ending.took()));
		}
		if (this.events.hearsFailures()) {
			tellOfFailure(execution, ending.outcome());
		}
	}

	private void tellOfFailure(Execution execution, Outcome outcome) {
		boolean willRetry = outcome instanceof Outcome.Retry;
		if (willRetry || outcome instanceof Outcome.Dead) {
			Throwable thrown = execution.end().failure();
			JobError error = (outcome instanceof Outcome.Dead dead) ? dead.error() : ((Outcome.Retry) outcome).error();
			this.events.failed(execution.job(), (thrown != null) ? thrown : new RecordedFailureException(error),
					willRetry);
		}
	}

	/**
	 * Tells what went wrong at the end of the transaction of a handler.
	 */
	void transactionFailed(Execution execution, Throwable failure) {
		if (execution.end().isCommitted()) {
			this.log.failedAfterCommit(execution.job(), failure);
		}
		else {
			this.log.notCommitted(execution.job(), failure);
		}
	}

	/**
	 * Takes a lost job from its handler.
	 */
	void lost(Execution execution) {
		if (execution.lease().lose()) {
			execution.interrupt();
			this.log.lost(execution.job());
			if (!this.events.isSilent()) {
				this.events.publish(new JobEvent.LeaseLost(execution.job()));
			}
		}
	}

	/**
	 * Tells the handler of a job that the job may be lost.
	 */
	void doubted(Execution execution) {
		if (execution.lease().doubt()) {
			execution.interrupt();
			this.log.doubted(execution.job());
		}
	}

	/**
	 * Tells the handler of a job that its time is up: by a flag first, for one that looks
	 * at it when it is interrupted.
	 */
	void timedOut(Execution execution, TimeLimit limit, long now) {
		limit.pass(now);
		execution.interrupt();
		this.log.timedOut(execution.job(), limit);
	}

	/**
	 * Tells of a handler that does not come back, on a thread that is its caller's.
	 */
	void outlasted(Execution execution) {
		this.log.outlasted(execution.job());
	}

	void abandoned(Execution execution, int threads) {
		this.log.abandoned(execution.job(), threads);
		if (!this.events.isSilent()) {
			this.events.publish(new JobEvent.Abandoned(execution.job()));
		}
	}

	/**
	 * Tells of an outcome that counts for nothing, since the job was lost.
	 */
	void stale(Execution execution, Outcome outcome) {
		if (!this.events.isSilent()) {
			this.events.publish(new JobEvent.Stale(execution.job(), outcome));
		}
	}

	/**
	 * Tells of an outcome that the store does not take.
	 */
	void unsettled(Execution execution, Outcome outcome, RuntimeException reason) {
		this.log.unsettled(execution.job(), reason);
		stale(execution, outcome);
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
		return new JobEvent.Released(job, released.reason(), released.delay(), measured);
	}

}
