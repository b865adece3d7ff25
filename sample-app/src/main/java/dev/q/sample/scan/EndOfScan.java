package dev.q.sample.scan;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;

import org.springframework.stereotype.Component;

/**
 * Rings for all who wait when a job has ended that can end a scan, of whichever scan it
 * is. Whoever waits leaves nothing behind here.
 */
@Component
class EndOfScan implements JobListener {

	private static final Set<String> TYPES = Set.of(ScanJobs.START, ReportJobs.REPORT);

	private final AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(1));

	@Override
	public void onEvent(JobEvent event) {
		boolean ended = event instanceof JobEvent.Succeeded || event instanceof JobEvent.Died
				|| event instanceof JobEvent.Cancelled || event instanceof JobEvent.Expired;
		if (ended && TYPES.contains(event.spec().type().value())) {
			this.next.getAndSet(new CountDownLatch(1)).countDown();
		}
	}

	/**
	 * The next ring. To miss none, ask for it before the look at the store.
	 */
	CountDownLatch next() {
		return this.next.get();
	}

}
