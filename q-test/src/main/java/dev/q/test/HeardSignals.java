package dev.q.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.StoreListener;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down what a store signals. A store may signal on threads of its own, so this
 * waits for signals, but never long.
 *
 * @since 0.1
 */
public final class HeardSignals implements StoreListener {

	private static final long PATIENCE_IN_SECONDS = 10;

	private final LinkedBlockingQueue<Object> news = new LinkedBlockingQueue<>();

	private final List<Object> heard = new CopyOnWriteArrayList<>();

	@Override
	public boolean jobsReady(QueueName queue) {
		return this.news.add(queue);
	}

	@Override
	public void leaseRevoked(JobId job) {
		this.news.add(job);
	}

	/**
	 * Waits for the signal that jobs of a queue are ready.
	 * @param queue the queue
	 */
	public void awaitReady(QueueName queue) {
		await(queue);
	}

	/**
	 * Waits for the signal that the lease of a job was revoked.
	 * @param job the job
	 */
	public void awaitRevoked(JobId job) {
		await(job);
	}

	/**
	 * All that has been waited for or came before it, in order.
	 * @return names of queues and ids of jobs
	 */
	public List<Object> heard() {
		return List.copyOf(this.heard);
	}

	/**
	 * All that has arrived and that nobody has waited for.
	 * @return names of queues and ids of jobs
	 */
	public List<Object> pending() {
		return List.copyOf(this.news);
	}

	/**
	 * Forgets what has been heard.
	 */
	public void forget() {
		this.heard.clear();
	}

	private void await(Object signal) {
		Object next = next();
		while (next != null && !next.equals(signal)) {
			next = next();
		}
		assertThat(next).as("the signal of %s", signal).isEqualTo(signal);
	}

	private @Nullable Object next() {
		try {
			Object signal = this.news.poll(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
			if (signal != null) {
				this.heard.add(signal);
			}
			return signal;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

}
