package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Rows;
import dev.q.store.jdbc.known.Mark;
import dev.q.store.jdbc.known.Verdicts;
import dev.q.store.jdbc.signal.News;

/**
 * Keeping jobs in PostgreSQL in order.
 */
final class PostgresMaintenanceStore implements MaintenanceStore {

	/** How many claims one call of {@code q_recover_v1} looks at. */
	private static final int CLAIMS = 2000;

	private final Database database;

	private final PostgresJobCatalog catalog;

	private final Signals signals;

	private final List<Chore> chores;

	private final Verdicts verdicts;

	private final Mark leases;

	private final Mark ends;

	private final Mark dues;

	PostgresMaintenanceStore(Database database, PostgresJobCatalog catalog, Signals signals, List<Chore> chores,
			Verdicts verdicts) {
		this.verdicts = verdicts;
		this.database = database;
		this.catalog = catalog;
		this.signals = signals;
		this.chores = chores;
		boolean isEnabled = database.settings().lowerBound();
		this.leases = new Mark(isEnabled);
		this.ends = new Mark(isEnabled);
		this.dues = new Mark(isEnabled);
	}

	@Override
	public int promoteDue(int limit) {
		Args args = new Args().number(this.dues.low()).number(JobStore.requireLimit(limit));
		AtomicInteger promoted = new AtomicInteger();
		News news = new News();
		Instant now = this.database.now();
		this.database.upkeep("q_promote_v1", args, (row) -> {
			int many = (int) row.getLong(2);
			news.ready(new QueueName(row.getString(1)), many);
			return promoted.addAndGet(many);
		});
		this.dues.note(promoted.get() < limit, now);
		this.signals.tell(news);
		return promoted.get();
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		JobStore.requireLimit(limit);
		List<JobId> ids = new ArrayList<>();
		News news = new News();
		int looked;
		Instant now;
		do {
			now = this.database.now();
			Args args = new Args().number(this.leases.low()).number(limit - ids.size());
			List<Integer> answer = this.database.upkeep("q_recover_v1", args, (row) -> recovered(row, ids, news));
			looked = answer.get(answer.size() - 1);
		}
		while (looked >= CLAIMS && ids.size() < limit);
		this.leases.note(ids.size() < limit, now);
		this.signals.tell(news);
		this.chores.forEach(Chore::runIfDue);
		return jobs(ids);
	}

	/** The last row says how many claims were looked at. */
	private static int recovered(ResultSet row, List<JobId> ids, News news) throws SQLException {
		if (row.getString("queue") == null) {
			news.readied(Rows.readied(row));
			return row.getInt("many");
		}
		QueueName queue = new QueueName(row.getString("queue"));
		if (Rows.isOfJob(row)) {
			ids.add(Rows.id(row));
			news.ready(queue);
		}
		else {
			news.ready(queue, row.getInt("many"));
		}
		return 0;
	}

	@Override
	public List<Job> expire(int limit) {
		Args args = new Args().number(this.ends.low()).number(JobStore.requireLimit(limit));
		News news = new News();
		Instant now = this.database.now();
		List<JobId> ids = new ArrayList<>();
		this.database.upkeep("q_expire_v1", args, (row) -> {
			if (!Rows.isOfJob(row)) {
				news.readied(Rows.readied(row));
				return true;
			}
			news.revoked(Rows.id(row), row.getString("worker"));
			this.verdicts.madeRoom(new QueueName(row.getString("queue")));
			return ids.add(Rows.id(row));
		});
		this.ends.note(ids.size() < limit, now);
		this.signals.tell(news);
		return jobs(ids);
	}

	private List<Job> jobs(List<JobId> ids) {
		List<Job> jobs = ids.isEmpty() ? List.of() : this.catalog.jobs(ids);
		this.signals.awaited().maintained(jobs);
		return jobs;
	}

	@Override
	public int purge(Retention retention, int limit) {
		JobStore.requireLimit(limit);
		long now = this.database.now().toEpochMilli();
		Args args = new Args().smalls(List.of((short) 5, (short) 6, (short) 7, (short) 8))
			.numbers(List.of(cut(now, retention.keepsSucceeded() ? retention.succeeded() : Duration.ZERO),
					cut(now, retention.dead()), cut(now, retention.cancelled()), cut(now, retention.expired())))
			.number(retention.succeededPerQueue())
			.number(limit);
		News news = new News();
		int purged = this.database.upkeep("q_purge_v1", args, (row) -> {
			news.readied(Rows.readied(row));
			return row.getInt("purged");
		}).get(0);
		this.signals.tell(news);
		return purged;
	}

	/** The latest end that is purged. */
	private static long cut(long now, Duration keep) {
		return (keep.compareTo(Duration.ofMillis(now)) < 0) ? now - keep.toMillis() : -1;
	}

}
