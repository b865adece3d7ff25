package dev.q.scene;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was heard of jobs, for a test that waits for it. What is told has been stored; the
 * end of a handler says nothing of that.
 */
public final class Heard implements JobListener {

	private static final long PATIENCE_IN_SECONDS = 30;

	private final Map<Class<?>, Semaphore> events = new ConcurrentHashMap<>();

	@Override
	public void onEvent(JobEvent event) {
		of(event.getClass()).release();
	}

	/** Waits for so many events of a kind beside those that were awaited before. */
	public void await(Class<? extends JobEvent> kind, int count) throws InterruptedException {
		assertThat(of(kind).tryAcquire(count, PATIENCE_IN_SECONDS, TimeUnit.SECONDS))
			.as("%d x %s within %d s", count, kind.getSimpleName(), PATIENCE_IN_SECONDS)
			.isTrue();
	}

	private Semaphore of(Class<?> kind) {
		return this.events.computeIfAbsent(kind, (key) -> new Semaphore(0));
	}

}
