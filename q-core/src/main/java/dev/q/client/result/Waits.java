package dev.q.client.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.client.result.Wait.Sight;
import dev.q.client.result.Wait.Target;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.JobListener;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * All who wait for jobs in this process, and the looks that are made for them. Listens to
 * events while there are any.
 */
final class Waits implements JobListener {

	/** Most jobs of one look: its answer brings all that is known of each. */
	private static final int MOST_JOBS = 500;

	private final JobCatalog catalog;

	private final JobEvents events;

	private final EngineClock clock;

	private final Executor thread;

	private final Map<Target, Wait> waits = new ConcurrentHashMap<>();

	/** Guards the members of each wait, who comes and goes, and the two flags. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when somebody comes or the last one goes. */
	private final Condition news = this.lock.newCondition();

	private Stage stage = Stage.IDLE;

	Waits(JobCatalog catalog, JobEvents events, EngineClock clock, Executor thread) {
		this.catalog = catalog;
		this.events = events;
		this.clock = clock;
		this.thread = thread;
	}

	/**
	 * Begins to wait. Nobody looks yet.
	 * @throws StoreException if this is closed
	 */
	Wait enter(Target target) {
		this.lock.lock();
		try {
			if (this.stage == Stage.CLOSED) {
				throw closed(target.id());
			}
			if (this.waits.isEmpty()) {
				this.events.attach(this);
			}
			// An end may be undone by a retry: who comes after it waits for the next one.
			Wait wait = this.waits.compute(target, (known, before) -> (before != null && !before.end().isDone())
					? before : new Wait(target, this.clock.nanoTime()));
			wait.enter();
			return wait;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends a wait. */
	void leave(Wait wait) {
		this.lock.lock();
		try {
			if (wait.leave()) {
				remove(wait);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remove(Wait wait) {
		boolean removed = this.waits.remove(wait.target(), wait);
		if (removed && this.waits.isEmpty()) {
			this.events.detach(this);
			this.news.signalAll();
		}
	}

	/**
	 * Whether whoever asks is the first who takes the end of this wait for himself.
	 */
	boolean take(Wait wait) {
		this.lock.lock();
		try {
			return wait.take();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What was seen last of a job. */
	Sight sightOf(Wait wait) {
		this.lock.lock();
		try {
			return wait.sight();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Sees to it that somebody looks until the wait is over. */
	void watch() {
		this.lock.lock();
		try {
			if (this.stage == Stage.IDLE) {
				this.stage = Stage.LOOKING;
				this.thread.execute(this::lookUntilNobodyWaits);
			}
			else {
				this.news.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onEvent(JobEvent event) {
		Wait inQueue = this.waits.get(new Target(event.spec().queue(), event.id()));
		Wait anywhere = this.waits.get(new Target(null, event.id()));
		if (inQueue != null || anywhere != null) {
			Ending.of(event).ifPresent((end) -> {
				complete(inQueue, end);
				complete(anywhere, end);
			});
		}
	}

	private static void complete(@Nullable Wait wait, Ending end) {
		if (wait != null) {
			wait.end().complete(Optional.of(end));
		}
	}

	private void lookUntilNobodyWaits() {
		try {
			List<Wait> due = awaitDue();
			while (!due.isEmpty()) {
				look(due);
				due = awaitDue();
			}
		}
		catch (InterruptedException ex) {
			// The thread was stopped by who closes this, and nobody else knows it.
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits until there is something to look at.
	 * @return empty if nobody waits any more: then nobody looks
	 */
	private List<Wait> awaitDue() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.stage == Stage.LOOKING) {
				List<Wait> open = open();
				List<Wait> due = due(open);
				if (!due.isEmpty()) {
					return due;
				}
				if (open.isEmpty()) {
					this.stage = Stage.IDLE;
				}
				else {
					this.news.awaitNanos(
							open.stream().mapToLong(Wait::nextLook).min().orElseThrow() - this.clock.nanoTime());
				}
			}
			return List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Wait> open() {
		return this.waits.values().stream().filter((wait) -> !wait.end().isDone()).toList();
	}

	private List<Wait> due(List<Wait> open) {
		long now = this.clock.nanoTime();
		return open.stream().filter((wait) -> wait.nextLook() - now <= 0).toList();
	}

	/** Looks at all jobs that are due, by hand. */
	void lookAtDue() {
		List<Wait> due;
		this.lock.lock();
		try {
			due = due(open());
		}
		finally {
			this.lock.unlock();
		}
		look(due);
	}

	/** Looks at jobs, with one question to each queue. */
	void look(List<Wait> due) {
		Map<Optional<QueueName>, List<Wait>> queues = new HashMap<>();
		due.forEach((wait) -> queues
			.computeIfAbsent(Optional.ofNullable(wait.target().queue()), (queue) -> new ArrayList<>())
			.add(wait));
		queues.forEach((queue, waiting) -> {
			for (int from = 0; from < waiting.size(); from += MOST_JOBS) {
				look(queue.orElse(null), waiting.subList(from, Math.min(from + MOST_JOBS, waiting.size())));
			}
		});
	}

	private void look(@Nullable QueueName queue, List<Wait> waiting) {
		List<JobId> ids = waiting.stream().map((wait) -> wait.target().id()).toList();
		try {
			Map<JobId, JobDetails> found = new HashMap<>();
			((queue != null) ? this.catalog.find(queue, ids) : this.catalog.find(ids))
				.forEach((details) -> found.put(details.id(), details));
			locked(() -> waiting.forEach((wait) -> note(wait, found.get(wait.target().id()))));
		}
		catch (RuntimeException ex) {
			locked(() -> waiting.forEach((wait) -> wait.failed(ex, this.clock.nanoTime())));
		}
	}

	private void note(Wait wait, @Nullable JobDetails details) {
		if (details != null) {
			wait.saw(details, this.clock.nanoTime());
		}
		else {
			wait.missed(this.clock.nanoTime());
		}
	}

	private void locked(Runnable change) {
		this.lock.lock();
		try {
			change.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Sends away all who wait. */
	void close() {
		locked(() -> {
			this.stage = Stage.CLOSED;
			this.waits.values().forEach((wait) -> wait.end().completeExceptionally(closed(wait.target().id())));
			this.news.signalAll();
		});
	}

	private static StoreException closed(JobId id) {
		return new StoreException("Job %s is not waited for any more, since this process closes its results"
			.formatted(Objects.requireNonNull(id)));
	}

	/** Whether somebody looks. */
	private enum Stage {

		IDLE, LOOKING, CLOSED

	}

}
