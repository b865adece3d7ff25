package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

import dev.q.QueueFullException;

/**
 * Threads that enqueue, each an equal share of the jobs. One that is refused for want of
 * room, after the wait that the store grants, tries again: nothing is lost or skipped.
 */
final class Producers implements AutoCloseable {

	private final int count;

	private final ExecutorService threads;

	private final LongAdder refusals = new LongAdder();

	Producers(int count) {
		this.count = count;
		this.threads = Executors.newFixedThreadPool(count, (task) -> {
			Thread thread = new Thread(task, "producer");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Enqueues.
	 * @param from number of the first job
	 * @param to number behind the last job
	 * @param chunk how many are enqueued at once
	 * @param enqueue enqueues a chunk, given the number of its first job
	 */
	void enqueue(int from, int to, int chunk, IntConsumer enqueue) throws InterruptedException {
		List<Callable<Boolean>> shares = new ArrayList<>();
		int share = (to - from) / this.count;
		for (int i = 0; i < this.count; i++) {
			int begin = from + i * share;
			int end = (i == this.count - 1) ? to : begin + share;
			shares.add(() -> {
				for (int job = begin; job < end; job += chunk) {
					enqueueOrWait(job, enqueue);
				}
				return true;
			});
		}
		for (Future<Boolean> done : this.threads.invokeAll(shares)) {
			requireDone(done);
		}
	}

	private void enqueueOrWait(int job, IntConsumer enqueue) {
		while (true) {
			try {
				enqueue.accept(job);
				return;
			}
			catch (QueueFullException ex) {
				this.refusals.increment();
			}
		}
	}

	private static void requireDone(Future<Boolean> share) throws InterruptedException {
		try {
			share.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A producer failed", ex.getCause());
		}
	}

	/**
	 * How many calls were refused because the queue was full.
	 */
	long refusals() {
		return this.refusals.sum();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
