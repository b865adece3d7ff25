package dev.q.metrics;

import java.time.Duration;

import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.JobCatalog;

/**
 * Looks at the queues now and then, and shows what it saw. While the store does not
 * answer, nothing is shown.
 *
 * @since 0.1
 */
public final class QueueSampler {

	private final JobCatalog catalog;

	private final QueueGauges gauges;

	private final Duration interval;

	private final EngineClock clock;

	/**
	 * Makes a sampler.
	 * @param catalog counts the jobs
	 * @param gauges show the counts
	 * @param interval time from one look to the next
	 * @param clock times the looks; also the age of jobs is told by it, so that a clock
	 * which differs from that of the store shows there
	 */
	public QueueSampler(JobCatalog catalog, QueueGauges gauges, Duration interval, EngineClock clock) {
		this.catalog = catalog;
		this.gauges = gauges;
		this.interval = interval;
		this.clock = clock;
	}

	/**
	 * A loop that looks, until it is stopped. Not more than one of them may run at once.
	 * @return a new loop, that somebody has yet to run
	 */
	public Loop loop() {
		return new Loop("metrics", this::lookOnce, this.clock);
	}

	private Duration lookOnce() {
		try {
			this.gauges.show(this.catalog.queues(), this.clock.instant());
		}
		catch (RuntimeException ex) {
			this.gauges.showNothing();
			throw ex;
		}
		return this.interval;
	}

}
