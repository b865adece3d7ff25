package dev.q.store.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.QueueName;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.signal.News;

/**
 * Claims whose answers never arrived. The server may have made them, or make them yet;
 * nobody works their jobs, so they are handed back before the next claim instead of
 * counting as crashes. The server keeps in mind those that it has not made by then.
 */
final class UnheardClaims {

	/** More than that are left to run out. */
	private static final int MOST = 1000;

	private final Database database;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Set<Long> tokens = new LinkedHashSet<>();

	private volatile boolean empty = true;

	UnheardClaims(Database database) {
		this.database = database;
	}

	void add(long token) {
		this.lock.lock();
		try {
			if (this.tokens.size() < MOST) {
				this.tokens.add(token);
				this.empty = false;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Hands back what there is.
	 * @return the jobs that are ready again
	 * @throws dev.q.store.StoreException if the server failed again; nothing is forgotten
	 * then
	 */
	News handBack() {
		News news = new News();
		if (this.empty) {
			return news;
		}
		List<Long> unheard = snapshot();
		this.database.call("q_unheard_v1", new Args().numbers(unheard),
				(row) -> news.ready(new QueueName(row.getString(1)), (int) row.getLong(2)));
		this.lock.lock();
		try {
			unheard.forEach(this.tokens::remove);
			this.empty = this.tokens.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		return news;
	}

	private List<Long> snapshot() {
		this.lock.lock();
		try {
			return new ArrayList<>(this.tokens);
		}
		finally {
			this.lock.unlock();
		}
	}

}
