package dev.q.client;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of a {@link GroupCommit}, and what becomes of it. Made by the thread
 * that enqueues the job, and told by that or another one.
 */
final class GatheredJob {

	private final Thread caller = Thread.currentThread();

	private final Batch batch;

	/** Written before the fate and read after it, as the failure is. */
	private @Nullable InsertAnswer answer;

	private @Nullable Throwable failure;

	private volatile Fate fate = Fate.WAITS;

	GatheredJob(Draft draft) {
		this.batch = new Batch(List.of(draft));
	}

	/** What is stored: the job alone, so that it is refused alone. */
	Batch batch() {
		return this.batch;
	}

	Durability durability() {
		return this.batch.drafts().get(0).durability();
	}

	/**
	 * Waits to be told. An interrupt does not end that, since the job may be on its way
	 * to the store; the flag is set again afterwards.
	 */
	void await() {
		boolean interrupted = false;
		while (this.fate == Fate.WAITS) {
			LockSupport.park(this);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	Fate fate() {
		return this.fate;
	}

	void lead() {
		tell(Fate.LEADS);
	}

	void goAlone() {
		tell(Fate.GOES_ALONE);
	}

	void answer(InsertAnswer said) {
		this.answer = said;
		tell(Fate.IS_WRITTEN);
	}

	void fail(Throwable cause) {
		this.failure = cause;
		tell(Fate.IS_WRITTEN);
	}

	private void tell(Fate what) {
		this.fate = what;
		if (!this.caller.equals(Thread.currentThread())) {
			LockSupport.unpark(this.caller);
		}
	}

	/**
	 * What the store said, once the job is written.
	 * @return the answer
	 * @throws StoreException if the call of the store failed; made here, so that each
	 * caller has its own, with its own stack
	 */
	InsertAnswer answer() {
		if (this.answer == null) {
			throw failure(this.batch.drafts().get(0).id(), this.failure);
		}
		return this.answer;
	}

	/** What the caller of a job is told when a call failed that the job shared. */
	static StoreException failure(JobId job, @Nullable Throwable cause) {
		return new StoreException(
				"Job %s shared a call of the store with other jobs, and the call failed. Whether the job is stored is unknown: %s"
					.formatted(job, (cause != null) ? cause.getMessage() : "the store gave no answer"),
				cause);
	}

	/**
	 * What a caller has to do next.
	 */
	enum Fate {

		/** Wait. */
		WAITS,

		/** Write its own job and those that wait. */
		LEADS,

		/** Write its own job and no other. */
		GOES_ALONE,

		/** Look at what the store said. */
		IS_WRITTEN

	}

}
