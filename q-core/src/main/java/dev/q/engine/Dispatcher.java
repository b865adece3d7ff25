package dev.q.engine;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.q.attempt.Execution;
import dev.q.attempt.JobsInHand;
import dev.q.store.ClaimedJob;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each claimed job on a thread, and what becomes of it into the hands of the
 * completer. A slot is free again only after that, so that a store which settles slowly
 * slows the claims.
 */
final class Dispatcher {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final Slots slots;

	private final Executor threads;

	private final AbandonedThreads abandoned;

	private final JobsInHand jobs;

	private volatile boolean closed;

	Dispatcher(Slots slots, Executor threads, AbandonedThreads abandoned, JobsInHand jobs) {
		this.slots = slots;
		this.threads = threads;
		this.abandoned = abandoned;
		this.jobs = jobs;
	}

	/**
	 * From now on jobs are handed back instead of being started.
	 */
	void close() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Runs a job on a thread of the group, and after it whatever follows. A job for which
	 * there is no thread is handed back.
	 * @param following what the thread is to run next in the same slot; null when it gave
	 * the slot back
	 * @return false if there was no thread
	 */
	boolean dispatch(ClaimedJob job, long sentAt, Supplier<@Nullable Execution> following) {
		Execution first = accept(job, sentAt);
		if (first == null) {
			return true;
		}
		try {
			this.threads.execute(() -> runAll(first, following));
			return true;
		}
		// Not only a rejection: a machine that is out of threads says so by an Error.
		catch (Throwable ex) {
			logger.warn("No thread could be had for job {}, which is handed back", job.job().id(), ex);
			handBack(first);
			return false;
		}
	}

	/**
	 * Answers for a job from now on.
	 * @return the job, ready to be run; null if it was handed back and its slot is free
	 */
	@Nullable Execution accept(ClaimedJob job, long sentAt) {
		Execution execution = this.jobs.take(job, sentAt, this.abandoned::leave);
		if (this.closed) {
			handBack(execution);
			return null;
		}
		this.jobs.started(execution);
		return execution;
	}

	private void handBack(Execution execution) {
		execution.handBack();
		this.slots.give(1);
	}

	private void runAll(Execution first, Supplier<@Nullable Execution> following) {
		Execution execution = first;
		while (execution != null) {
			run(execution);
			if (execution.isAbandoned()) {
				// The slot was given to somebody else, and so will be this thread.
				this.abandoned.comeBack();
				return;
			}
			execution = following.get();
		}
	}

	private static void run(Execution execution) {
		try {
			execution.run();
		}
		// A machine out of memory may fail anywhere. The slot must go on.
		catch (Throwable ex) {
			if (!execution.giveUp()) {
				execution.letGo();
			}
			logger.warn("Job {} could not be brought to its end, and is handed back", execution.id(), ex);
		}
	}

}
