package dev.q.sample.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.q.job.JobId;
import dev.q.sample.scan.Progress;
import dev.q.sample.scan.ScanReport;
import org.jspecify.annotations.Nullable;

/**
 * A scan as clients see it.
 *
 * @param id the scan, which is the job that started it
 * @param state where it stands
 * @param progress how far it has come; left out when it has ended
 * @param report what it found; only of a scan that is done
 * @param reason what went wrong; only of a scan that failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScanView(String id, State state, @Nullable Progress progress, @Nullable ScanReport report,
		@Nullable String reason) {

	static ScanView running(JobId scan, Progress progress) {
		return new ScanView(scan.toString(), State.RUNNING, progress, null, null);
	}

	static ScanView done(JobId scan, ScanReport report) {
		return new ScanView(scan.toString(), State.DONE, null, report, null);
	}

	static ScanView failed(JobId scan, String reason) {
		return new ScanView(scan.toString(), State.FAILED, null, null, reason);
	}

	/**
	 * Where a scan stands.
	 */
	enum State {

		RUNNING, DONE, FAILED

	}

}
