package dev.q.inprocess;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.QueueName;

/**
 * A platform thread for each worker. A worker goes on as long as there are tasks, so
 * under load threads are few and old, and an idle queue has none to let go of. They keep
 * the process alive: what was let in is run.
 */
final class WorkerThreads implements Executor {

	private final QueueName queue;

	private final AtomicInteger count = new AtomicInteger();

	WorkerThreads(QueueName queue) {
		this.queue = queue;
	}

	@Override
	public void execute(Runnable worker) {
		Thread thread = new Thread(worker, "q-%s-%d".formatted(this.queue, this.count.incrementAndGet()));
		thread.setDaemon(false);
		thread.start();
	}

}
