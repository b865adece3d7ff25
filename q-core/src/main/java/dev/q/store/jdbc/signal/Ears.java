package dev.q.store.jdbc.signal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this process that want to be told, and which of them wait for which
 * queues.
 *
 * @since 0.1
 */
public final class Ears {

	private static final Logger logger = LoggerFactory.getLogger(Ears.class);

	private final Map<WorkerId, List<Ear>> ears = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/** Who waits, longest first. Guarded by the lock. */
	private final Map<QueueName, Set<WorkerId>> waiting = new HashMap<>();

	/** How often there was news, so that a worker knows whether it missed some. */
	private long news;

	/**
	 * Adds a worker.
	 * @param worker who it is
	 * @param listener is told
	 * @return ends it
	 */
	public Subscription add(WorkerId worker, StoreListener listener) {
		Ear ear = new Ear(worker, listener, new AtomicBoolean());
		this.ears.computeIfAbsent(worker, (name) -> new CopyOnWriteArrayList<>()).add(ear);
		return () -> this.ears.computeIfPresent(worker, (name, those) -> {
			those.remove(ear);
			return those.isEmpty() ? null : those;
		});
	}

	/**
	 * Whether a worker of this process wants to be told.
	 * @param worker who
	 * @return true if so
	 */
	public boolean hears(WorkerId worker) {
		return this.ears.containsKey(worker);
	}

	/**
	 * A number that changes with every news.
	 * @return the number
	 */
	public long news() {
		this.lock.lock();
		try {
			return this.news;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets a worker wait.
	 * @param worker who it is
	 * @param queues for jobs of which queues
	 * @param seen the number of the news before the worker looked for jobs
	 * @return false if there was news since then, so that it should look again
	 */
	public boolean await(WorkerId worker, List<QueueName> queues, long seen) {
		this.lock.lock();
		try {
			queues.forEach((queue) -> this.waiting.computeIfAbsent(queue, (name) -> new LinkedHashSet<>()).add(worker));
			return this.news == seen;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells workers of jobs, each once, until as many as there are jobs have taken it.
	 * @param queue where the jobs are
	 * @param jobs how many they are
	 * @return for how many jobs nobody here waits
	 */
	public int jobsReady(QueueName queue, int jobs) {
		int left = jobs;
		WorkerId worker = next(queue, true);
		while (worker != null) {
			if (isTaken(worker, queue)) {
				left--;
			}
			worker = (left > 0) ? next(queue, false) : null;
		}
		return left;
	}

	private @Nullable WorkerId next(QueueName queue, boolean isNews) {
		this.lock.lock();
		try {
			if (isNews) {
				this.news++;
			}
			Set<WorkerId> those = this.waiting.getOrDefault(queue, Set.of());
			if (those.isEmpty()) {
				return null;
			}
			WorkerId first = those.iterator().next();
			those.remove(first);
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells one worker of jobs, if it waits.
	 * @param worker who it is
	 * @param queue where the jobs are
	 * @return false if it does not wait here, or can take none
	 */
	public boolean jobsReady(WorkerId worker, QueueName queue) {
		this.lock.lock();
		try {
			this.news++;
			if (!this.waiting.getOrDefault(queue, Set.of()).remove(worker)) {
				return false;
			}
		}
		finally {
			this.lock.unlock();
		}
		return isTaken(worker, queue);
	}

	private boolean isTaken(WorkerId worker, QueueName queue) {
		boolean taken = false;
		for (Ear ear : this.ears.getOrDefault(worker, List.of())) {
			taken |= ear.jobsReady(queue);
		}
		return taken;
	}

	/**
	 * Tells one worker that it lost a lease.
	 * @param worker who it is
	 * @param job whose lease
	 * @return false if it is not here
	 */
	public boolean leaseRevoked(WorkerId worker, JobId job) {
		List<Ear> those = this.ears.getOrDefault(worker, List.of());
		those.forEach((ear) -> ear.leaseRevoked(job));
		return !those.isEmpty();
	}

	/**
	 * Tells all to look, also those that wait: they may have missed something.
	 */
	public void rouseAll() {
		this.ears.values().forEach((those) -> those.forEach(Ear::lookAnew));
		List<QueueName> queues;
		this.lock.lock();
		try {
			queues = new ArrayList<>(this.waiting.keySet());
		}
		finally {
			this.lock.unlock();
		}
		queues.forEach((queue) -> jobsReady(queue, Integer.MAX_VALUE));
	}

	/**
	 * One subscription. A listener that throws disturbs nobody: it is named in the log
	 * the first time, and told again the next time.
	 */
	private record Ear(WorkerId worker, StoreListener listener, AtomicBoolean hasThrown) {

		boolean jobsReady(QueueName queue) {
			try {
				return this.listener.jobsReady(queue);
			}
			catch (RuntimeException ex) {
				note(ex);
				return false;
			}
		}

		void leaseRevoked(JobId job) {
			try {
				this.listener.leaseRevoked(job);
			}
			catch (RuntimeException ex) {
				note(ex);
			}
		}

		void lookAnew() {
			try {
				this.listener.lookAnew();
			}
			catch (RuntimeException ex) {
				note(ex);
			}
		}

		private void note(RuntimeException failure) {
			if (this.hasThrown.compareAndSet(false, true)) {
				logger.warn("The listener of worker {} threw. The store goes on, and logs no further one of it",
						this.worker, failure);
			}
		}

	}

}
