package dev.q.store.routing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.ports.EngineClock;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the stores, and whether it answers. Of an outage the beginning is logged and the
 * end, and nothing between them.
 */
final class Branch {

	/** So often, at last, somebody looks whether a store answers again. */
	static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(RoutingJobStore.class);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

	private final String name;

	private final JobStore store;

	private final EngineClock clock;

	private final Executor threads;

	private final Consumer<Branch> onReturn;

	/** Guards every change of the outage. */
	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicBoolean isBeingTried = new AtomicBoolean();

	private volatile @Nullable Outage outage;

	/**
	 * Makes a branch that is taken for well.
	 * @param onReturn told, on one of the threads, when the store answers again
	 */
	Branch(String name, JobStore store, EngineClock clock, Executor threads, Consumer<Branch> onReturn) {
		this.name = name;
		this.store = store;
		this.clock = clock;
		this.threads = threads;
		this.onReturn = onReturn;
	}

	JobStore store() {
		return this.store;
	}

	/**
	 * Asks the store on the calling thread, whether or not it has answered lately.
	 */
	<T> T ask(Function<JobStore, T> question) {
		T answer;
		try {
			answer = question.apply(this.store);
		}
		catch (IllegalArgumentException ex) {
			// What a caller got wrong is no failure of the store.
			throw ex;
		}
		catch (RuntimeException ex) {
			if (!StoreException.isRefusal(ex)) {
				noteFailure(ex);
			}
			throw ex;
		}
		if (this.outage != null) {
			noteReturn();
		}
		return answer;
	}

	/** What is wrong, for people; empty if the store answers. */
	Optional<String> problem() {
		return Optional.ofNullable(this.outage)
			.map((current) -> "Store %s (%s) has not answered since %s".formatted(this.name, this.store.name(),
					current.since()));
	}

	long nanoTime() {
		return this.clock.nanoTime();
	}

	boolean isDown() {
		return this.outage != null;
	}

	/**
	 * Whether the store should not be asked for now. From time to time whoever asks this
	 * has somebody else look at it.
	 */
	boolean isAway() {
		Outage current = this.outage;
		if (current == null || current.isTried()) {
			return false;
		}
		if (this.clock.nanoTime() - current.nextTryAt() >= 0 && this.isBeingTried.compareAndSet(false, true)) {
			start(this::tryAgain);
			current = this.outage;
		}
		return current != null && !current.isTried();
	}

	/** What is thrown in place of a question to a store that is away. */
	StoreException away() {
		Outage current = this.outage;
		return new StoreException("Store %s (%s) is away, and was not asked".formatted(this.name, this.store.name()),
				(current != null) ? current.cause() : null);
	}

	void noteFailure(RuntimeException failure) {
		Outage begun = null;
		this.lock.lock();
		try {
			Outage current = this.outage;
			if (current == null) {
				begun = new Outage(this.clock.instant(), 1, nextTryAfter(1), false, failure);
				this.outage = begun;
			}
			else {
				this.outage = current.failedAgain(nextTryAfter(current.failures() + 1));
			}
		}
		finally {
			this.lock.unlock();
		}
		if (begun != null) {
			logger.warn("Store {} ({}) failed. Its queues wait until it answers; those of other stores go on",
					this.name, this.store.name(), failure);
		}
	}

	private void noteReturn() {
		Outage ended;
		this.lock.lock();
		try {
			ended = this.outage;
			this.outage = null;
		}
		finally {
			this.lock.unlock();
		}
		if (ended != null) {
			logger.info("Store {} ({}) answers again after {} failures", this.name, this.store.name(),
					ended.failures());
			start(() -> this.onReturn.accept(this));
		}
	}

	private void tryAgain() {
		try {
			this.store.cluster().workers();
			noteTried();
		}
		catch (RuntimeException ex) {
			noteFailure(ex);
		}
		finally {
			this.isBeingTried.set(false);
		}
	}

	private void noteTried() {
		this.lock.lock();
		try {
			Outage current = this.outage;
			this.outage = (current != null) ? current.tried() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void start(Runnable errand) {
		try {
			this.threads.execute(errand);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Nobody looks after store {} for now: the stores are closed, or hang", this.name, ex);
			this.isBeingTried.set(false);
		}
	}

	private long nextTryAfter(int failures) {
		Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
		return this.clock.nanoTime() + ((pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE).toNanos();
	}

	@Override
	public String toString() {
		return "%s (%s)".formatted(this.name, this.store.name());
	}

}
