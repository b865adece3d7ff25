package dev.q.store.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreException;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells workers of other processes, on a thread of its own: a notification holds a lock
 * of the whole server until its transaction is committed, so it must not be part of one
 * that matters. What comes up while one round is under way, and a moment after it, goes
 * with the next.
 */
final class Notifier implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Notifier.class);

	/** How long after one round the next one may begin. */
	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	/** How long the end of a round is waited for, in milliseconds. */
	private static final long TO_END = 1000;

	private final Database database;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Never signalled: an interrupt ends the wait for it. */
	private final Condition closing = this.lock.newCondition();

	/** What is to be told. Guarded by the lock. */
	private News waiting = new News();

	/** The last waiter told, by queue: those before it are gone. Of the thread alone. */
	private final Map<QueueName, Long> told = new HashMap<>();

	private @Nullable Thread thread;

	Notifier(Database database) {
		this.database = database;
	}

	void tell(News news) {
		this.lock.lock();
		try {
			if (this.database.isOpen()) {
				this.waiting.add(news);
				this.changed.signal();
				start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void start() {
		if (this.thread == null) {
			Thread started = new Thread(this, "q-postgres-notifier");
			started.setDaemon(true);
			started.start();
			this.thread = started;
		}
	}

	@Override
	public void run() {
		try {
			while (this.database.isOpen()) {
				tellOthers(next());
				rest();
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The notifier ends", ex);
		}
	}

	private News next() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.waiting.isEmpty()) {
				this.changed.await();
			}
			News next = this.waiting;
			this.waiting = new News();
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A limit of the rate; the end of the store cuts it short. */
	private void rest() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = PAUSE;
			while (left > 0) {
				left = this.closing.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Signals only shorten a wait, so one that is lost is no failure. */
	private void tellOthers(News news) {
		try {
			lower(news.late());
			wake(news.ready());
			revoke(news.revoked());
			say(news.messages());
		}
		catch (StoreException ex) {
			// A server that was restarted may count its waiters anew.
			this.told.clear();
			logger.debug("Workers of other processes could not be told; they look now and then", ex);
		}
	}

	private void wake(Map<QueueName, Integer> ready) {
		if (ready.isEmpty()) {
			return;
		}
		List<QueueName> queues = List.copyOf(ready.keySet());
		Args args = new Args().text(this.database.settings().channel())
			.texts(queues)
			.ints(new ArrayList<>(queues.stream().map(ready::get).toList()))
			.numbers(new ArrayList<>(queues.stream().map((queue) -> this.told.getOrDefault(queue, 0L)).toList()));
		this.database.call("q_wake_v1", args, (row) -> this.told.put(new QueueName(row.getString(1)), row.getLong(2)));
	}

	private void revoke(Map<JobId, WorkerId> revoked) {
		if (!revoked.isEmpty()) {
			Map<JobId, WorkerId> those = new LinkedHashMap<>(revoked);
			this.database.call("q_revoked_v1",
					new Args().text(this.database.settings().channel()).texts(those.values()).ids(those.keySet()),
					(row) -> true);
		}
	}

	private void say(List<String> messages) {
		if (!messages.isEmpty()) {
			this.database.call("q_say_v1", new Args().text(this.database.settings().channel()).texts(messages),
					(row) -> true);
		}
	}

	private void lower(Map<QueueName, News.Late> late) {
		if (!late.isEmpty()) {
			List<QueueName> queues = List.copyOf(late.keySet());
			List<News.Late> places = queues.stream().map(late::get).toList();
			this.database.call("q_late_v1",
					new Args().text(this.database.settings().channel())
						.texts(queues)
						.numbers(places.stream().map(News.Late::place).toList())
						.numbers(places.stream().map(News.Late::since).toList()),
					(row) -> true);
		}
	}

	/** Whoever is told after this was told by another store. */
	void close() {
		Thread ending;
		this.lock.lock();
		try {
			ending = this.thread;
		}
		finally {
			this.lock.unlock();
		}
		if (ending != null) {
			ending.interrupt();
			awaitEnd(ending);
		}
	}

	/** A server that hangs is not waited for. */
	private static void awaitEnd(Thread ending) {
		try {
			ending.join(TO_END);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
