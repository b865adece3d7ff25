package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.Pause;
import dev.q.store.QueueStats;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Call;
import dev.q.store.jdbc.call.Rows;
import dev.q.store.jdbc.layout.JobRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading jobs in PostgreSQL.
 */
final class PostgresJobCatalog implements JobCatalog {

	private static final Logger logger = LoggerFactory.getLogger(PostgresJobCatalog.class);

	private static final int MOST_OF_REASON = 200;

	/** Most jobs that one call reads: the driver keeps all that it brings, twice. */
	private static final int MOST_JOBS = 100;

	/**
	 * As many jobs are counted on demand; where there are more, they were counted before.
	 */
	static final long MOST_COUNTED = 10_000;

	private final Database database;

	private final Signals signals;

	PostgresJobCatalog(Database database, Signals signals) {
		this.database = database;
		this.signals = signals;
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		return find(ids, null);
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		return find(ids, queue.value());
	}

	private List<JobDetails> find(Collection<JobId> ids, @Nullable String queue) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		Map<JobId, JobDetails> found = new HashMap<>();
		int from = 0;
		do {
			int to = Math.min(from + MOST_JOBS, wanted.size());
			Args args = new Args().ids(wanted.subList(from, to)).text(queue);
			for (JobDetails details : readable(this.database.call("q_find_v1", args, reading(JobRow::details)))) {
				found.putIfAbsent(details.id(), details);
			}
			from = to;
		}
		while (from < wanted.size());
		return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
	}

	/** The jobs as they are now, in the order of their ids as given. */
	List<Job> jobs(List<JobId> ids) {
		return find(ids).stream().map(JobDetails::job).toList();
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		Args args = new Args().id(id.value()).text(queue.value());
		return readable(this.database.call("q_attempts_v1", args, reading(JobRow::attempt)));
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		this.database.requireOpen();
		JobStore.requireLimit(limit);
		List<Job> jobs = new ArrayList<>();
		String next = cursor;
		int left = limit;
		do {
			int room = Math.min(left, MOST_JOBS);
			Page<Job> piece = piece(query, room, next);
			jobs.addAll(piece.items());
			next = piece.next();
			left -= room;
		}
		while (next != null && left > 0);
		return new Page<>(jobs, next);
	}

	private Page<Job> piece(Query query, int limit, @Nullable String cursor) {
		QueueName queue = query.queue();
		JobId after = (cursor != null) ? JobWalk.idOf(cursor) : null;
		Args args = new Args().id((after != null) ? after.value() : null)
			.texts(query.states().isEmpty() ? Collections.singleton(null) : query.states())
			.text((queue != null) ? queue.value() : null)
			.text((query.type() != null) ? query.type().value() : null)
			.text(query.tag())
			.number(limit + 1L);
		List<JobId> ids = new ArrayList<>();
		List<Job> jobs = readable(this.database.call("q_search_v1", args, (row) -> {
			ids.add(Rows.id(row));
			return reading(JobRow::job).read(row);
		}));
		if (ids.size() <= limit) {
			return new Page<>(jobs, null);
		}
		JobId last = ids.get(limit - 1);
		return new Page<>(jobs.stream().filter((job) -> job.id().compareTo(last) <= 0).toList(), last.toString());
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		Args args = new Args().text(queue.value()).flag(end == End.NEWEST).number((long) JobStore.requireLimit(limit));
		return readable(this.database.call("q_peek_v1", args, reading(JobRow::job)));
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		Args args = new Args().id(id.value()).text(queue.value()).number((long) JobStore.requireLimit(most));
		return readable(this.database.call("q_standing_v1", args, reading(JobRow::standing))).stream().findFirst();
	}

	/**
	 * A row that cannot be read, because somebody changed it by hand, hides nothing else.
	 */
	static <T> Call.Reader<Optional<T>> reading(Part<T> part) {
		return (row) -> {
			try {
				return Optional.of(part.of(new JobRow(row)));
			}
			catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException ex) {
				noteUnreadable(Rows.id(row), ex);
				return Optional.empty();
			}
		};
	}

	private static void noteUnreadable(JobId id, RuntimeException failure) {
		logger.error("Job {} in PostgreSQL cannot be read, and is passed over: {}", id,
				Names.printable(String.valueOf(failure.getMessage()), MOST_OF_REASON));
		logger.debug("How job {} could not be read", id, failure);
	}

	static <T> List<T> readable(List<Optional<T>> rows) {
		return rows.stream().flatMap(Optional::stream).toList();
	}

	@Override
	public void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
		this.signals.awaited().expect(ids);
	}

	@Override
	public Subscription hearEnds(StoreListener.Ends listener) {
		return this.signals.hearEnds(listener);
	}

	@Override
	public List<QueueStats> queues() {
		return queues("", "", null);
	}

	@Override
	public Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		long most = JobStore.requireLimit(limit) + 1L;
		return Page.ofQueues(queues(prefix, Objects.requireNonNullElse(cursor, ""), most), limit);
	}

	private List<QueueStats> queues(String prefix, String after, @Nullable Long most) {
		Map<QueueName, Figures> queues = new HashMap<>();
		Args args = new Args().number(MOST_COUNTED + 1)
			.number(LISTED_WHEN_EMPTY.toMillis())
			.text(prefix)
			.text(after)
			.number(most);
		this.database.call("q_counts_v1", args,
				(row) -> queues
					.computeIfAbsent(new QueueName(row.getString("queue")),
							(name) -> new Figures(new EnumMap<>(JobState.class)))
					.take(row));
		return queues.entrySet()
			.stream()
			.map((entry) -> entry.getValue().stats(entry.getKey()))
			.sorted(Comparator.comparing(QueueStats::queue))
			.toList();
	}

	/**
	 * A part of a row.
	 */
	@FunctionalInterface
	interface Part<T> {

		T of(JobRow row) throws SQLException;

	}

	/**
	 * Figures of one queue that are being read.
	 */
	private static final class Figures {

		private final Map<JobState, Long> counts;

		private Pause pause = Pause.NONE;

		private @Nullable Instant oldest;

		private @Nullable Instant nextDue;

		Figures(Map<JobState, Long> counts) {
			this.counts = counts;
		}

		boolean take(ResultSet row) throws SQLException {
			String state = row.getString("state");
			if (state != null) {
				long many = row.getLong("many");
				if (many > 0) {
					this.counts.put(JobState.valueOf(state), many);
				}
				return true;
			}
			this.pause = new JobRow(row).pause();
			long since = row.getLong("oldest_ms");
			this.oldest = row.wasNull() ? null : Instant.ofEpochMilli(since);
			long due = row.getLong("next_ms");
			this.nextDue = row.wasNull() ? null : JobRow.due(due);
			return true;
		}

		QueueStats stats(QueueName name) {
			return new QueueStats(name, this.pause, this.counts, this.oldest, this.nextDue);
		}

	}

}
