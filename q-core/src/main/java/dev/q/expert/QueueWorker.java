package dev.q.expert;

import java.util.concurrent.CountDownLatch;

import dev.q.engine.JobEngine;

/**
 * An engine that works a {@link JobQueue} until it is closed. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class QueueWorker implements AutoCloseable {

	private final JobEngine engine;

	private final CountDownLatch closed = new CountDownLatch(1);

	QueueWorker(JobEngine engine) {
		this.engine = engine;
		engine.start();
	}

	/**
	 * Whether jobs are worked.
	 * @return true until {@link #close()} has returned
	 */
	public boolean isRunning() {
		return this.engine.isRunning();
	}

	/**
	 * Waits until somebody has closed this worker.
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public void await() throws InterruptedException {
		this.closed.await();
	}

	/**
	 * Stops as {@link JobEngine#stop()} does, within the same bounds: claims nothing any
	 * more, lets handlers come to an end, then interrupts them and hands back what is
	 * left. May be called twice.
	 */
	@Override
	public void close() {
		try {
			this.engine.stop();
		}
		finally {
			this.closed.countDown();
		}
	}

}
