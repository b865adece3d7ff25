package dev.q.cli.act;

import dev.q.admin.BulkFailedException;
import dev.q.job.QException;
import dev.q.store.StoreException;

/**
 * The store failed while jobs were being counted.
 */
final class NotCountedException extends QException {

	NotCountedException(BulkFailedException failure) {
		this((failure.getCause() != null) ? failure.getCause() : failure);
	}

	NotCountedException(StoreException failure) {
		this((Throwable) failure);
	}

	private NotCountedException(Throwable failure) {
		super("The store failed while jobs were counted: %s. Nothing was changed".formatted(failure.getMessage()),
				failure);
	}

}
