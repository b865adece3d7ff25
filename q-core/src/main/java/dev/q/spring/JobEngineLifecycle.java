package dev.q.spring;

import java.util.Optional;
import java.util.function.Supplier;

import dev.q.engine.JobEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Runs a {@link JobEngine} while the context runs. The engine is made at the first start,
 * when all handlers are known.
 *
 * @since 0.1
 */
public final class JobEngineLifecycle implements SmartLifecycle {

	/**
	 * The phase in which Boot's web server stops gracefully: the two drain side by side.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private final Supplier<Optional<JobEngine>> engines;

	private volatile @Nullable JobEngine engine;

	/**
	 * Makes a lifecycle.
	 * @param engines makes the engine, or nothing if there is nothing to work
	 */
	public JobEngineLifecycle(Supplier<Optional<JobEngine>> engines) {
		this.engines = engines;
	}

	@Override
	public void start() {
		JobEngine starting = this.engine;
		if (starting == null) {
			starting = this.engines.get().orElse(null);
			this.engine = starting;
		}
		if (starting != null) {
			starting.start();
		}
	}

	@Override
	public void stop() {
		JobEngine stopping = this.engine;
		if (stopping != null) {
			stopping.stop();
		}
	}

	/**
	 * Stops on a thread of its own, so that others of the same phase drain meanwhile.
	 */
	@Override
	public void stop(Runnable callback) {
		new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "q-shutdown").start();
	}

	@Override
	public boolean isRunning() {
		JobEngine current = this.engine;
		return current != null && current.isRunning();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
