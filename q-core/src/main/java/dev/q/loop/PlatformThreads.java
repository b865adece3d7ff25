package dev.q.loop;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads: one for each loop, and for each worker group a pool as large as its
 * slots that shrinks to nothing when idle. Loops keep the process alive, so that an
 * application which does nothing but work jobs stays; handlers do not, so that one which
 * hangs cannot keep the process from ending.
 *
 * @since 0.1
 */
public final class PlatformThreads implements EngineThreads {

	private static final long IDLE_SECONDS = 60;

	@Override
	public void start(Loop loop) {
		Thread thread = new Thread(loop::run, "q-" + loop.name());
		thread.setDaemon(false);
		thread.start();
	}

	@Override
	public Pool jobs(String group, int slots) {
		AtomicInteger count = new AtomicInteger();
		// The queue is a formality: a slot may come free a moment before its thread does.
		ThreadPoolExecutor pool = new ThreadPoolExecutor(slots, slots, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "q-" + group + "-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		return new SizedPool(pool);
	}

	/**
	 * A pool as large as the slots.
	 */
	private record SizedPool(ThreadPoolExecutor threads) implements Pool {

		@Override
		public void execute(Runnable task) {
			this.threads.execute(task);
		}

		@Override
		public void resize(int slots) {
			// The pool refuses a core that is larger than its maximum.
			if (slots > this.threads.getMaximumPoolSize()) {
				this.threads.setMaximumPoolSize(slots);
				this.threads.setCorePoolSize(slots);
			}
			else {
				this.threads.setCorePoolSize(slots);
				this.threads.setMaximumPoolSize(slots);
			}
		}

		@Override
		public void close() {
			this.threads.shutdown();
		}

	}

}
