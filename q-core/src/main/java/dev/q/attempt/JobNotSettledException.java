package dev.q.attempt;

import dev.q.job.Job;
import dev.q.job.Outcome;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A job has been worked, but the store could not be told what became of it. Whether it
 * knows is uncertain. If not, the job is handed out again when its lease has run out.
 *
 * @since 0.1
 */
public class JobNotSettledException extends StoreException {

	private final transient Job job;

	private final transient Outcome outcome;

	/**
	 * Reports a job whose outcome may be lost.
	 * @param job the job as it was claimed
	 * @param outcome how its attempt ended
	 * @param cause what the store said, or null if it was busy for too long
	 */
	public JobNotSettledException(Job job, Outcome outcome, @Nullable Throwable cause) {
		super("Job %s of type %s in queue %s has run (%s), but the store could not be told. %s".formatted(job.id(),
				job.spec().type(), job.spec().queue(), outcome.getClass().getSimpleName(),
				"If it does not know, the job is handed out again when its lease has run out"), cause);
		this.job = job;
		this.outcome = outcome;
	}

	/**
	 * Which job.
	 * @return the job as it was claimed
	 */
	public Job job() {
		return this.job;
	}

	/**
	 * What the store could not be told.
	 * @return how its attempt ended
	 */
	public Outcome outcome() {
		return this.outcome;
	}

}
