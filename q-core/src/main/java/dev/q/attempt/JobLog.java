package dev.q.attempt;

import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import dev.q.job.WorkerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people read of jobs, each line in the log context of its job. A failure is one
 * line, with the stack trace at the last attempt only.
 */
final class JobLog {

	private static final Logger logger = LoggerFactory.getLogger("dev.q.jobs");

	private final WorkerId worker;

	JobLog(WorkerId worker) {
		this.worker = worker;
	}

	void started(Job job) {
		if (logger.isDebugEnabled()) {
			in(job, () -> logger.debug("{} starts attempt {} of {}", name(job), job.attempt(), attempts(job)));
		}
	}

	void settled(Job job, Outcome outcome) {
		if (outcome instanceof Outcome.Retry retry) {
			in(job, () -> logger.warn("{} failed in attempt {} of {}, and is tried again in {}: {}", name(job),
					job.attempt(), attempts(job), retry.delay(), retry.error().summary()));
		}
		else if (outcome instanceof Outcome.Dead dead) {
			JobError error = dead.error();
			in(job, () -> logger.warn("{} is dead ({}) after attempt {} of {}: {}\n{}", name(job), dead.reason(),
					job.attempt(), attempts(job), error.summary(), error.stackTrace()));
		}
		else if (logger.isDebugEnabled()) {
			in(job, () -> logger.debug("{} ended attempt {} as {}", name(job), job.attempt(),
					outcome.getClass().getSimpleName()));
		}
	}

	void lost(Job job) {
		in(job, () -> logger.warn("{} was taken from this worker: its lease ran out, or it was cancelled, deleted or"
				+ " expired. What its handler does from now on is not recorded", name(job)));
	}

	void unsettled(Job job, RuntimeException reason) {
		in(job, () -> logger.error(
				"What became of {} is not recorded, for its store does not take it. Its lease runs"
						+ " out, and then it counts as crashed and runs again, unless it did so too often or may not",
				name(job), reason));
	}

	void notCommitted(Job job, Throwable failure) {
		in(job, () -> logger.warn(
				"The handler of {} has returned, but its transaction is not committed, as far as is"
						+ " known. That is recorded as a failure, unless the server has committed it all the same: {}",
				name(job), JobError.of(failure).summary()));
	}

	void failedAfterCommit(Job job, Throwable failure) {
		in(job, () -> logger.warn("{} is done and the transaction of its handler committed, but something failed that"
				+ " was to follow the commit", name(job), failure));
	}

	void doubted(Job job) {
		in(job, () -> logger.warn("The lease of {} could not be renewed in time, so another worker may take it over."
				+ " Its handler is interrupted; what it did is recorded if nobody has", name(job)));
	}

	void timedOut(Job job, TimeLimit limit) {
		if (logger.isDebugEnabled()) {
			in(job, () -> logger.debug("{} runs longer than its timeout of {}, and is interrupted", name(job),
					limit.timeout()));
		}
	}

	/**
	 * A thread was given up.
	 * @param threads how many hang now
	 */
	void abandoned(Job job, int threads) {
		in(job, () -> logger.error(
				"{} goes on although it was interrupted after its timeout. Its attempt is recorded"
						+ " as failed, with the stack, and its thread is given up; {} such threads hang now",
				name(job), threads));
	}

	void outlasted(Job job) {
		in(job, () -> logger.error(
				"{} goes on although it was interrupted after its timeout. Its attempt is recorded"
						+ " as failed, with the stack; the thread of its caller hangs until its handler ends",
				name(job)));
	}

	private void in(Job job, Runnable line) {
		LogContext context = LogContext.open(job, this.worker);
		try {
			line.run();
		}
		finally {
			context.close();
		}
	}

	private static String name(Job job) {
		return "Job %s of type %s in queue %s".formatted(job.id(), job.spec().type(), job.spec().queue());
	}

	private static int attempts(Job job) {
		return job.spec().limits().maxAttempts();
	}

}
