package dev.q.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for what has to be done now and then, in the order in which it comes. It is
 * there while there is something to do and for a few seconds after that, and keeps no
 * process alive.
 *
 * @since 0.1
 */
public final class IdleThread implements Executor, AutoCloseable {

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor thread;

	/**
	 * Makes one that has no thread yet.
	 * @param name of the thread
	 */
	public IdleThread(String name) {
		this((task) -> {
			Thread made = new Thread(task, name);
			made.setDaemon(true);
			return made;
		});
	}

	/**
	 * Makes one whose thread comes from elsewhere.
	 * @param threads makes the thread when there is something to do and none is there
	 */
	public IdleThread(ThreadFactory threads) {
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Does something soon.
	 * @param task what; the next one waits for its end
	 * @throws java.util.concurrent.RejectedExecutionException if this is closed
	 * @throws OutOfMemoryError if no thread can be had; the task is not done then
	 */
	@Override
	public void execute(Runnable task) {
		this.thread.execute(task);
	}

	/**
	 * Takes nothing more. What was given before is done.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
	}

}
