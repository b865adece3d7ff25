package dev.q.sample.scan;

/**
 * A scan has ended without a report.
 *
 * @since 0.1
 */
public class ScanFailedException extends RuntimeException {

	/**
	 * Reports the failure.
	 * @param message which job went wrong, and how
	 */
	public ScanFailedException(String message) {
		super(message);
	}

}
