package dev.q.cli.enqueue;

import dev.q.job.JobId;
import dev.q.job.QException;
import dev.q.store.StoreException;

/**
 * Nobody knows whether a job is stored; the message says how to send it again.
 */
final class InDoubtException extends QException {

	InDoubtException(JobId id, StoreException cause) {
		super("Job %s may be stored or not: %s. %s".formatted(id, cause.getMessage(), remedy(id)), cause);
	}

	/** How to send it again. */
	static String remedy(JobId id) {
		return "Repeat with --id %s, or it may be stored twice".formatted(id);
	}

}
