package dev.q.client.result;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.q.client.result.Wait.Sight;
import dev.q.client.result.Wait.Target;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.JobListener;
import dev.q.job.JobId;
import dev.q.ports.EngineClock;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import org.jspecify.annotations.Nullable;

/**
 * All who wait for jobs in this process, and the looks that are made for them. Listens to
 * events while there are any, and to what the store tells.
 */
final class Waits implements JobListener, Ends {

	private final Looks looks;

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
		this.looks = new Looks(catalog, clock, this.lock);
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
				// On a machine out of threads nobody looks then, and who comes next tries
				// again.
				this.thread.execute(this::lookUntilNobodyWaits);
				this.stage = Stage.LOOKING;
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

	@Override
	public void ended(Ended end) {
		Wait inQueue = this.waits.get(new Target(end.queue(), end.id()));
		Wait anywhere = this.waits.get(new Target(null, end.id()));
		if (inQueue != null || anywhere != null) {
			locked(() -> {
				long now = this.clock.nanoTime();
				Stream.of(inQueue, anywhere).filter(Objects::nonNull).forEach((wait) -> wait.hear(end, now));
				this.news.signalAll();
			});
		}
	}

	@Override
	public void lookAnew() {
		locked(() -> {
			long now = this.clock.nanoTime();
			this.waits.values().forEach((wait) -> {
				wait.times().lookAt(now);
				wait.times().sayAt(now);
			});
			this.news.signalAll();
		});
	}

	private void lookUntilNobodyWaits() {
		try {
			List<Wait> due = awaitDue();
			while (!due.isEmpty()) {
				step(due);
				due = awaitDue();
			}
		}
		catch (InterruptedException ex) {
			// The thread was stopped by who closes this, and nobody else knows it.
			Thread.currentThread().interrupt();
		}
	}

	/** A job that has ended by now need not be told of. */
	private void step(List<Wait> due) {
		long now = this.clock.nanoTime();
		look(picked(due, (wait) -> wait.times().isLookDue(now)));
		this.looks.expect(picked(due, (wait) -> !wait.end().isDone() && wait.times().isSayingDue(now)), this);
	}

	private List<Wait> picked(List<Wait> from, Predicate<Wait> which) {
		this.lock.lock();
		try {
			return from.stream().filter(which).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until there is something to look at, or to say.
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
					this.news.awaitNanos(open.stream().mapToLong((wait) -> wait.times().next()).min().orElseThrow()
							- this.clock.nanoTime());
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
		return open.stream().filter((wait) -> wait.times().next() - now <= 0).toList();
	}

	/** Looks at all jobs that are due, and says what is to be said, by hand. */
	void lookAtDue() {
		step(picked(open(), (wait) -> true));
	}

	/** Looks at jobs, with one question to each queue. */
	void look(List<Wait> those) {
		this.looks.look(those);
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
		this.looks.close();
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
