package dev.q.boot.metrics;

import java.time.Duration;

import dev.q.loop.Loop;
import dev.q.metrics.QueueSampler;
import dev.q.spring.JobEngineLifecycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks at the queues while the context runs, on a thread that keeps no process alive.
 * Starts after the worker, whose groups are known from then on, and stops before it.
 */
final class MetricsLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(MetricsLifecycle.class);

	/** So long the end of a context waits at most for a store that does not answer. */
	private static final Duration LAST_LOOK = Duration.ofSeconds(10);

	private final QueueSampler sampler;

	private final Runnable onStart;

	private volatile @Nullable Loop loop;

	/**
	 * Makes a lifecycle.
	 * @param sampler looks at the queues
	 * @param onStart called at each start, when the worker runs
	 */
	MetricsLifecycle(QueueSampler sampler, Runnable onStart) {
		this.sampler = sampler;
		this.onStart = onStart;
	}

	@Override
	public void start() {
		this.onStart.run();
		Loop starting = this.sampler.loop();
		this.loop = starting;
		Thread thread = new Thread(starting::run, "q-metrics");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void stop() {
		Loop stopping = this.loop;
		if (stopping != null) {
			stopping.stop();
			awaitEnd(stopping);
		}
		this.loop = null;
	}

	/** Whoever starts again at once should not have two loops. */
	private static void awaitEnd(Loop stopped) {
		try {
			if (!stopped.awaitEnd(LAST_LOOK)) {
				logger.warn("The last look at the queues has not ended within {} s. It ends when the store answers",
						LAST_LOOK.toSeconds());
			}
		}
		catch (InterruptedException ex) {
			// Whoever stops the context is in a hurry.
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.loop != null;
	}

	@Override
	public int getPhase() {
		return JobEngineLifecycle.PHASE + 1;
	}

}
