package dev.q.client.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import dev.q.store.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of the store for all who wait, and what is said to it. What it says by
 * itself goes to a listener.
 */
final class Looks {

	private static final Logger logger = LoggerFactory.getLogger(Looks.class);

	/** Most jobs of one look: its answer brings all that is known of each. */
	private static final int MOST_JOBS = 500;

	private final JobCatalog catalog;

	private final EngineClock clock;

	/** Guards the members of each wait, and the two below. */
	private final ReentrantLock lock;

	private @Nullable Subscription subscription;

	private boolean isClosed;

	Looks(JobCatalog catalog, EngineClock clock, ReentrantLock lock) {
		this.catalog = catalog;
		this.clock = clock;
		this.lock = lock;
	}

	/** Looks at jobs, with one question to each queue. */
	void look(List<Wait> waits) {
		byQueue(waits).forEach((queue, waiting) -> {
			for (int from = 0; from < waiting.size(); from += MOST_JOBS) {
				look(queue.orElse(null), waiting.subList(from, Math.min(from + MOST_JOBS, waiting.size())));
			}
		});
	}

	private static Map<Optional<QueueName>, List<Wait>> byQueue(List<Wait> waits) {
		Map<Optional<QueueName>, List<Wait>> queues = new HashMap<>();
		waits.forEach((wait) -> queues
			.computeIfAbsent(Optional.ofNullable(wait.target().queue()), (queue) -> new ArrayList<>())
			.add(wait));
		return queues;
	}

	private static List<JobId> ids(List<Wait> waits) {
		return waits.stream().map((wait) -> wait.target().id()).toList();
	}

	private void look(@Nullable QueueName queue, List<Wait> waiting) {
		Map<Wait, Ended> told = toldBefore(waiting);
		try {
			Map<JobId, JobDetails> found = new HashMap<>();
			List<JobId> ids = ids(waiting);
			((queue != null) ? this.catalog.find(queue, ids) : this.catalog.find(ids))
				.forEach((details) -> found.put(details.id(), details));
			locked(() -> waiting.forEach((wait) -> note(wait, found.get(wait.target().id()), told.get(wait))));
		}
		// Whatever it is: others wait too, and there is one thread that looks for all.
		catch (Throwable ex) {
			locked(() -> waiting.forEach((wait) -> wait.failed(ex, this.clock.nanoTime())));
		}
	}

	/** What is told while a look is under way, the look may not have seen. */
	private Map<Wait, Ended> toldBefore(List<Wait> waiting) {
		Map<Wait, Ended> told = new HashMap<>();
		locked(() -> waiting.forEach((wait) -> {
			Ended end = wait.told();
			if (end != null) {
				told.put(wait, end);
			}
		}));
		return told;
	}

	private void note(Wait wait, @Nullable JobDetails details, @Nullable Ended toldBefore) {
		if (details != null) {
			wait.saw(details, toldBefore, this.clock.nanoTime());
		}
		else {
			wait.missed(this.clock.nanoTime());
		}
	}

	/**
	 * Says that somebody waits. First it is seen to that the answer is heard.
	 */
	void expect(List<Wait> waits, Ends listener) {
		if (!waits.isEmpty()) {
			listen(listener);
			byQueue(waits).forEach((queue, waiting) -> this.catalog.expectEnds(queue.orElse(null), ids(waiting)));
			locked(() -> waits.forEach((wait) -> wait.times().sayLater(this.clock.nanoTime())));
		}
	}

	/** For one thread. Listens once, until this is closed; if it fails, looks must do. */
	private void listen(Ends listener) {
		this.lock.lock();
		try {
			if (this.subscription != null || this.isClosed) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		try {
			keep(this.catalog.hearEnds(listener));
		}
		catch (StoreException ex) {
			logger.debug("Ends of jobs are not heard for now; whoever waits looks", ex);
		}
	}

	private void keep(Subscription made) {
		this.lock.lock();
		try {
			this.subscription = made;
			if (!this.isClosed) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		made.close();
	}

	void close() {
		Subscription ending;
		this.lock.lock();
		try {
			this.isClosed = true;
			ending = this.subscription;
		}
		finally {
			this.lock.unlock();
		}
		if (ending != null) {
			ending.close();
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

}
