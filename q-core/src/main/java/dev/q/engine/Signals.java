package dev.q.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.q.attempt.JobsInHand;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the store tells into wake-ups.
 */
final class Signals implements StoreListener {

	private final WorkStore store;

	private final WorkerId worker;

	private final Predicate<QueueName> onReady;

	private final Consumer<JobId> onRevoked;

	private final Runnable onConnected;

	private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

	private volatile boolean closed;

	Signals(WorkStore store, WorkerId worker, List<Fetcher> fetchers, JobsInHand jobs) {
		this(store, worker, (queue) -> hint(fetchers, queue), jobs::suspect, () -> {
			jobs.suspectAll();
			fetchers.forEach(Fetcher::hint);
		});
	}

	/**
	 * Makes an ear that listens to nothing yet.
	 * @param onReady told of queues that have jobs, says whether somebody can take one
	 * @param onRevoked told of jobs that were taken away
	 * @param onConnected called when signals come from now on, for the first time or
	 * again: those of before were missed
	 */
	Signals(WorkStore store, WorkerId worker, Predicate<QueueName> onReady, Consumer<JobId> onRevoked,
			Runnable onConnected) {
		this.store = store;
		this.worker = worker;
		this.onReady = onReady;
		this.onRevoked = onRevoked;
		this.onConnected = onConnected;
	}

	private static boolean hint(List<Fetcher> fetchers, QueueName queue) {
		boolean canTake = false;
		for (Fetcher fetcher : fetchers) {
			if (fetcher.queues().contains(queue)) {
				fetcher.hint();
				canTake |= fetcher.mayClaim();
			}
		}
		return canTake;
	}

	/**
	 * Subscribes, unless that has been done. Until then the looks now and then must do.
	 * Holds no lock while the store answers, so that a store which hangs holds up no
	 * stop; a subscription that comes after the end is ended at once. For one thread.
	 */
	void connect() {
		if (this.subscription.get() == null && !this.closed) {
			this.subscription.set(this.store.subscribe(this.worker, this));
			if (this.closed) {
				endSubscription();
			}
			this.onConnected.run();
		}
	}

	void close() {
		this.closed = true;
		endSubscription();
	}

	private void endSubscription() {
		Subscription ending = this.subscription.getAndSet(null);
		if (ending != null) {
			ending.close();
		}
	}

	@Override
	public boolean jobsReady(QueueName queue) {
		return this.onReady.test(queue);
	}

	@Override
	public void leaseRevoked(JobId job) {
		this.onRevoked.accept(job);
	}

	@Override
	public void lookAnew() {
		this.onConnected.run();
	}

}
