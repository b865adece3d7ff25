package dev.q.store.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.QueueName;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.jdbc.call.Args;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps no more succeeded jobs of a queue than are to be kept. To find the one from which
 * on they are too many costs a look at all that are kept, so it is done for many at once:
 * each node lets a twentieth of the number come in first.
 */
final class Trimming {

	private static final Logger logger = LoggerFactory.getLogger(Trimming.class);

	private static final int PART = 20;

	private final Database database;

	private final ReentrantLock lock = new ReentrantLock();

	/** How many have come in since the last time. Guarded by the lock. */
	private final Map<QueueName, Integer> news = new HashMap<>();

	/** Up to which end none is left. Guarded by the lock. */
	private final Map<QueueName, Long> lows = new HashMap<>();

	Trimming(Database database) {
		this.database = database;
	}

	/** Takes down that jobs succeeded; those that are too many are deleted later. */
	void count(List<QueueName> successes) {
		this.lock.lock();
		try {
			successes.forEach((queue) -> this.news.merge(queue, 1, Integer::sum));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes down that jobs succeeded, and deletes those that are too many. */
	void note(List<QueueName> successes, Retention retention) {
		if (retention.keepsSucceeded()) {
			count(successes);
			due(Set.copyOf(successes), retention.succeededPerQueue())
				.forEach((queue) -> tryTrim(queue, retention.succeededPerQueue()));
		}
	}

	/**
	 * The settlement has taken place, whatever becomes of this; purging makes up for it.
	 */
	private void tryTrim(QueueName queue, int most) {
		try {
			trim(queue, most);
		}
		catch (StoreException ex) {
			logger.debug("Succeeded jobs of queue {} that are too many are not deleted yet", queue, ex);
		}
	}

	private List<QueueName> due(Set<QueueName> queues, long most) {
		this.lock.lock();
		try {
			List<QueueName> due = queues.stream()
				.filter((queue) -> this.news.getOrDefault(queue, 0) * (long) PART >= most)
				.toList();
			due.forEach(this.news::remove);
			return due;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void trim(QueueName queue, int most) {
		Args args = new Args().text(queue.value()).number(most).number(low(queue));
		this.database.upkeep("q_trim_v1", args, (row) -> {
			long bound = row.getLong(1);
			if (!row.wasNull()) {
				raise(queue, bound);
			}
			return true;
		});
	}

	private long low(QueueName queue) {
		this.lock.lock();
		try {
			return this.lows.getOrDefault(queue, 0L);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void raise(QueueName queue, long bound) {
		this.lock.lock();
		try {
			this.lows.merge(queue, bound, Math::max);
		}
		finally {
			this.lock.unlock();
		}
	}

}
