package dev.q;

import java.time.Instant;
import java.util.Optional;

import dev.q.job.Job;
import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What a handler may ask of the attempt that it runs. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface JobContext {

	/**
	 * The context of the job that the calling thread works, for code that the handler
	 * calls and that is not given its context. Threads that a handler starts have none.
	 * @return what the handler may be given as its second parameter
	 * @throws IllegalStateException if the thread works no job
	 */
	static JobContext current() {
		JobContext context = Current.HELD.get();
		if (context == null) {
			throw new IllegalStateException(
					"Thread %s works no job, so there is no JobContext. Only a handler has one, on its own thread: hand it on to others"
						.formatted(Thread.currentThread().getName()));
		}
		return context;
	}

	/**
	 * The job as it was when it was claimed.
	 * @return the job, with its headers, tags, counters and times
	 */
	Job job();

	/**
	 * Identity of the job. Stays the same over all attempts, so it serves as a key that
	 * makes effects idempotent.
	 * @return its id
	 */
	default JobId id() {
		return job().id();
	}

	/**
	 * Number of this attempt.
	 * @return 1 until the job fails for the first time
	 */
	default int attempt() {
		return job().attempt();
	}

	/**
	 * Whether a failure of this attempt ends the job.
	 * @return true if no attempt is left after this one
	 */
	default boolean isLastAttempt() {
		return job().isLastAttempt();
	}

	/**
	 * A number that rises with each claim of the job. A resource that remembers the
	 * highest number it has seen, and refuses lower ones, is safe from a worker that was
	 * given up for lost and comes back. The number rises reliably only at a durability at
	 * which the store cannot forget a claim.
	 * @return 1 for the first claim
	 */
	default long fencingToken() {
		return job().counters().deliveries();
	}

	/**
	 * When this attempt should be over: the timeout of the job counted from the start of
	 * the attempt, or the moment at which the job expires, whichever comes first.
	 * @return the instant, or empty if there is no limit. A timeout is by the worker's
	 * clock, an expiry by the store's
	 */
	Optional<Instant> deadline();

	/**
	 * Whether this worker has lost the job, or must take it for lost: it was cancelled or
	 * deleted, its lease ran out, or the lease could not be renewed while the worker
	 * could be sure of it. Another worker may run the job from then on. What the handler
	 * does is only recorded if nobody else has taken the job.
	 * @return true once the loss is known here
	 */
	boolean leaseLost();

	/**
	 * Renews the lease now and says how long the job is surely this worker's. Leases are
	 * kept up by themselves; this is for a handler that is about to do what it must not
	 * do beside another worker, or that wants to know at once whether it was cancelled.
	 * It asks the store, and changes nothing about a timeout.
	 * @return until when: a lease from now on, by the worker's clock, or the moment at
	 * which the job expires, by the store's, whichever comes first
	 * @throws dev.q.job.LeaseLostException if this worker has lost the job, or must take
	 * it for lost, or if the attempt has ended already
	 * @throws dev.q.job.QException if the store failed; the lease goes on as it was
	 */
	Instant heartbeat();

	/**
	 * Whether the handler should come to an end, since the worker stops, the lease is
	 * lost or the time is up, or since the job is completed in a transaction that is
	 * committed. A handler that runs for long looks here now and then.
	 * @return true once there is reason to stop
	 */
	boolean shouldStop();

	/**
	 * Completes the job in the current transaction, without a result. See
	 * {@link #completeInCurrentTransaction(Object)}.
	 */
	default void completeInCurrentTransaction() {
		completeInCurrentTransaction(null);
	}

	/**
	 * Completes the job in the current transaction: the Spring transaction of the calling
	 * thread, to be committed by whoever began it. With the commit the job has succeeded,
	 * at once and for good. What the handler returns or throws after that does not count,
	 * and nobody watches it any more: no timeout, no renewal, no interrupt. So this is to
	 * be the last act of the last transaction, also because it locks the job. After a
	 * rollback, be it to a savepoint, it is as if nothing had been completed: the job may
	 * be completed again, and else it is settled by what the handler returns or throws.
	 * @param result what the job leaves behind, or null
	 * @throws IllegalStateException if there is no transaction, if the store cannot write
	 * in it, since it is read-only or of another database, or if the job is completed in
	 * a transaction already. Nothing has changed then, and the transaction can be used
	 * @throws dev.q.job.LeaseLostException if this worker has lost the job. Whoever lets
	 * it through rolls the transaction back; to commit means that what was done counts
	 * although another worker may do it too
	 * @throws dev.q.job.QException if the store failed; the transaction is broken
	 */
	void completeInCurrentTransaction(@Nullable Object result);

	/**
	 * Which job a thread works. For those who call handlers.
	 */
	final class Current {

		private static final ThreadLocal<@Nullable JobContext> HELD = new ThreadLocal<>();

		private Current() {
		}

		/**
		 * The calling thread begins to work a job.
		 * @param context of the attempt
		 * @return what it worked before, to be given to {@link #leave}
		 */
		public static @Nullable JobContext enter(JobContext context) {
			JobContext before = HELD.get();
			HELD.set(context);
			return before;
		}

		/**
		 * The calling thread works the job no more.
		 * @param before what {@link #enter} has answered
		 */
		public static void leave(@Nullable JobContext before) {
			if (before == null) {
				HELD.remove();
			}
			else {
				HELD.set(before);
			}
		}

	}

}
