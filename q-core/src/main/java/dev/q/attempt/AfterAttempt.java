package dev.q.attempt;

import java.time.Instant;

import dev.q.attempt.Execution.Ending;
import dev.q.job.WorkerId;
import dev.q.store.Retention;

/**
 * What comes after an attempt, and watches it until then.
 */
interface AfterAttempt {

	/** Who runs the attempt. */
	WorkerId worker();

	/** How long finished jobs are kept. */
	Retention retention();

	/**
	 * The handler wants its lease renewed now.
	 * @return until when it holds, by the clock of this worker, or when the job expires,
	 * by that of the store
	 */
	Instant heartbeat(Execution execution);

	/** The attempt has a limit from now on. */
	void limited(TimeLimit limit);

	/** The thread of the handler was interrupted, and not for the handler to end. */
	void interrupted();

	/** The handler has come to its end. May wait. */
	void ended(Execution execution, Ending ending);

	/** The attempt was settled in a transaction, and that is committed. */
	void committed(Execution execution, Ending ending);

	/**
	 * The attempt could not be settled in a transaction, since the job is lost. Its end
	 * follows.
	 */
	void lost(Execution execution);

	/**
	 * The handler has returned, and something went wrong from then to the end of its
	 * transaction. Unless that is committed, the end of the attempt follows, and the
	 * store refuses it if the commit took place all the same.
	 */
	void transactionFailed(Execution execution, Throwable failure);

	/**
	 * The engine has ended the attempt. Waits for the store at most.
	 */
	void gaveUp(Execution execution, Ending ending);

	/**
	 * Whether {@link #abandoned} can be called now.
	 */
	boolean canAbandon();

	/**
	 * The handler does not come to its end. Does not wait for the store, unless a machine
	 * is out of threads.
	 */
	void abandoned(Execution execution, Ending ending);

}
