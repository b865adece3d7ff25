package dev.q.spring;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.q.engine.EngineHealth;
import dev.q.engine.GroupSlots;
import dev.q.engine.JobEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Runs a {@link JobEngine} while the context runs. The engine is made at the first start,
 * when all handlers are known.
 *
 * @since 0.1
 */
public final class JobEngineLifecycle
		implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, ApplicationContextAware {

	/**
	 * The phase in which Boot's web server stops gracefully: the two drain side by side.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private final Supplier<Optional<JobEngine>> engines;

	private volatile @Nullable JobEngine engine;

	private volatile @Nullable ApplicationContext context;

	/**
	 * Makes a lifecycle.
	 * @param engines makes the engine, or nothing if there is nothing to work
	 */
	public JobEngineLifecycle(Supplier<Optional<JobEngine>> engines) {
		this.engines = engines;
	}

	@Override
	public void setApplicationContext(ApplicationContext applicationContext) {
		this.context = applicationContext;
	}

	/**
	 * Claims no more from the moment the context begins to close: beans that stop before
	 * this one may be what handlers need.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		JobEngine closing = this.engine;
		// The end of a child context is told here too, and is none of ours.
		if (closing != null && event.getApplicationContext().equals(this.context)) {
			closing.stopClaiming();
		}
	}

	/**
	 * How the engine fares now.
	 * @return its health, or empty if there is none since there is nothing to work
	 */
	public Optional<EngineHealth> health() {
		return Optional.ofNullable(this.engine).map(JobEngine::health);
	}

	/**
	 * The slots of the worker groups now.
	 * @return one for each group; empty while there is no engine that runs
	 */
	public List<GroupSlots> slots() {
		JobEngine current = this.engine;
		return (current != null) ? current.slots() : List.of();
	}

	/**
	 * Looks at the schedules at once, since somebody has changed them.
	 */
	public void lookAtSchedules() {
		JobEngine current = this.engine;
		if (current != null) {
			current.lookAtSchedules();
		}
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
