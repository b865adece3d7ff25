package dev.q.sample.scan;

/**
 * Where a scan stands.
 *
 * @since 0.1
 */
public sealed interface ScanStatus {

	/**
	 * It waits or runs.
	 */
	record Running() implements ScanStatus {
	}

	/**
	 * It has a report.
	 *
	 * @param report the report
	 */
	record Done(ScanReport report) implements ScanStatus {
	}

	/**
	 * It has ended without a report.
	 *
	 * @param reason which job went wrong, and how
	 */
	record Failed(String reason) implements ScanStatus {
	}

}
