package dev.q.sample.scan;

import java.time.Duration;

import dev.q.JobHandler;
import dev.q.JobOutcome;

import org.springframework.stereotype.Component;

/**
 * Makes the report of a scan when all its jobs have ended.
 */
@Component
class ReportJobs {

	static final String REPORT = "report";

	private static final Duration UNTIL_MORE_HAS_ENDED = Duration.ofMillis(250);

	private final StoredJobs stored;

	ReportJobs(StoredJobs stored) {
		this.stored = stored;
	}

	/**
	 * Sums up what the jobs left in the store, always from scratch: however often this
	 * runs, nothing is counted twice.
	 * @return a {@link ScanReport}, or the wish to be called again later
	 */
	@JobHandler(value = REPORT, queue = Queues.REPORT, maxAttempts = 5, retry = "fixed(1s)")
	Object sumUp(SumUp request) {
		Sum sum = new Sum(this.stored);
		return sum.add(new ScanIds(request.scan())) ? sum.report(request.root().toString())
				: JobOutcome.snooze(UNTIL_MORE_HAS_ENDED);
	}

}
