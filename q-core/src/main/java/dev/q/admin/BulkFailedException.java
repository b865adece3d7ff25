package dev.q.admin;

import dev.q.job.QException;

/**
 * The store failed while many jobs were being changed. What was done before stays done.
 *
 * @since 0.1
 */
public class BulkFailedException extends QException {

	private final transient BulkReport report;

	private final transient BulkRequest remaining;

	BulkFailedException(BulkRequest remaining, BulkReport report, RuntimeException cause) {
		super("To %s jobs failed after %d were changed: %s. Run what remaining() says when the store is back"
			.formatted(remaining.action(), report.changed(), cause.getMessage()), cause);
		this.report = report;
		this.remaining = remaining;
	}

	/**
	 * What was done before the failure. Some jobs of the piece that failed may be changed
	 * besides.
	 * @return the report
	 */
	public BulkReport report() {
		return this.report;
	}

	/**
	 * What is left to do.
	 * @return a request that begins with the piece that failed
	 */
	public BulkRequest remaining() {
		return this.remaining;
	}

}
