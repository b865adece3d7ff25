package dev.q.sample.scan;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;

import org.springframework.stereotype.Component;

/**
 * Rings when a job has ended that a whole scan depends on.
 */
@Component
class EndOfScan implements JobListener {

	private static final Set<String> QUEUES = Set.of(Queues.SCAN, Queues.REPORT);

	private final Semaphore rings = new Semaphore(0);

	@Override
	public void onEvent(JobEvent event) {
		boolean ended = event instanceof JobEvent.Succeeded || event instanceof JobEvent.Died
				|| event instanceof JobEvent.Cancelled;
		if (ended && QUEUES.contains(event.spec().queue().value())) {
			this.rings.release();
		}
	}

	/**
	 * Waits for a ring. Another process may have run the job, so it is worth a look at
	 * the store when there was none.
	 */
	void await(Duration timeout) throws InterruptedException {
		this.rings.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
		this.rings.drainPermits();
	}

}
