package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobControl;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Call;
import dev.q.store.jdbc.call.Rows;
import dev.q.store.jdbc.known.Verdicts;
import dev.q.store.jdbc.layout.JobRow;
import dev.q.store.jdbc.layout.OptionsText;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;

/**
 * Intervening in jobs in PostgreSQL. A job that is in a transaction of somebody else for
 * longer than a moment, such as that of its own handler, is left as it is.
 */
final class PostgresJobControl implements JobControl {

	private final Database database;

	private final Signals signals;

	private final Verdicts verdicts;

	PostgresJobControl(Database database, Signals signals, Verdicts verdicts) {
		this.database = database;
		this.verdicts = verdicts;
		this.signals = signals;
	}

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		return ended("q_cancel_v1", JobState.CANCELLED, of(ids, from).text(JobRow.line(reason)));
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids, Set<JobState> from) {
		return ended("q_delete_v1", null, of(ids, from));
	}

	private static Args of(Collection<JobId> ids, Set<JobState> states) {
		return new Args().ids(ids).texts(states.isEmpty() ? Collections.singleton(null) : states);
	}

	private Set<JobId> ended(String function, @Nullable JobState state, Args args) {
		Set<JobId> changed = new LinkedHashSet<>();
		Map<QueueName, List<JobId>> ended = new HashMap<>();
		News news = new News();
		this.database.call(function, args, (row) -> {
			if (!Rows.isOfJob(row)) {
				news.readied(Rows.readied(row));
				return true;
			}
			QueueName queue = new QueueName(row.getString("queue"));
			news.revoked(Rows.id(row), row.getString("worker"));
			this.verdicts.madeRoom(queue);
			ended.computeIfAbsent(queue, (name) -> new ArrayList<>()).add(Rows.id(row));
			return changed.add(Rows.id(row));
		});
		this.signals.tell(news);
		ended.forEach((queue, those) -> this.signals.awaited().intervened(queue, state, those));
		return changed;
	}

	@Override
	public Set<JobId> retry(Collection<JobId> ids) {
		return readied("q_retry_v1", ids);
	}

	private Set<JobId> readied(String function, Collection<JobId> ids) {
		Set<JobId> changed = new LinkedHashSet<>();
		News news = new News();
		this.database.call(function, new Args().ids(ids), (row) -> {
			if (!Rows.isOfJob(row)) {
				news.readied(Rows.readied(row));
				return true;
			}
			news.ready(new QueueName(row.getString("queue")));
			return changed.add(Rows.id(row));
		});
		this.signals.tell(news);
		return changed;
	}

	@Override
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		due.from(Due.LATEST_CLOCK);
		Long millis = InsertCall.millis(due);
		Set<JobId> changed = new LinkedHashSet<>();
		News news = new News();
		Args args = new Args().ids(ids).number((millis != null) ? millis : 0L);
		this.database.call("q_reschedule_v1", args, (row) -> {
			if (!Rows.isOfJob(row)) {
				news.readied(Rows.readied(row));
				return true;
			}
			if (row.getBoolean("news")) {
				news.ready(new QueueName(row.getString("queue")));
			}
			return changed.add(Rows.id(row));
		});
		this.signals.tell(news);
		return changed;
	}

	@Override
	public Set<JobId> hold(Collection<JobId> ids) {
		return new LinkedHashSet<>(this.database.call("q_hold_v1", new Args().ids(ids), Rows::id));
	}

	@Override
	public Set<JobId> release(Collection<JobId> ids) {
		return readied("q_release_v1", ids);
	}

	@Override
	public EditAnswer edit(Edit edit) {
		Job seen = edit.seen();
		QueueName queue = seen.spec().queue();
		List<Stored> found = this.database.call("q_find_v1", new Args().ids(List.of(seen.id())).text(queue.value()),
				Stored::read);
		if (found.isEmpty()) {
			return EditAnswer.UNKNOWN;
		}
		if (!edit.isOf(found.get(0).job())) {
			return EditAnswer.CHANGED;
		}
		Args args = found.get(0)
			.fence(new Args())
			.small(edit.wanted().priority())
			.text(OptionsText.of(edit.wanted()))
			.bytes(edit.wanted().payload().toByteArray())
			.flag(edit.then() == Edit.Then.RETRY);
		News news = new News();
		EditAnswer answer = this.database.call("q_edit_v1", args, (row) -> {
			long held = row.getLong("place");
			if (!row.wasNull()) {
				news.late(queue, News.Late.held(held));
			}
			return EditAnswer.valueOf(row.getString("answer"));
		}).get(0);
		this.signals.tell(news.ready(queue));
		return answer;
	}

	@Override
	public void pause(QueueName queue, Pause pause) {
		Args args = new Args().text(queue.value()).text(pause.mode().name()).text(JobRow.line(pause.by()));
		PauseMode before = this.database.call("q_pause_v1", args, (row) -> PauseMode.valueOf(row.getString(1))).get(0);
		if (before.stopsOut() && !pause.stopsOut()) {
			this.signals.tell(new News().ready(queue));
		}
	}

	@Override
	public List<JobDetails> forget(QueueName queue, Collection<JobId> ids) {
		Args args = new Args().text(queue.value()).ids(ids);
		News news = new News();
		Call.Reader<Optional<JobDetails>> reading = PostgresJobCatalog.reading(JobRow::details);
		List<Optional<JobDetails>> forgotten = this.database.call("q_forget_v1", args, (row) -> {
			if (!Rows.isOfJob(row)) {
				news.readied(row.getString("options").lines().toList());
				return Optional.empty();
			}
			return reading.read(row);
		});
		this.signals.tell(news);
		return PostgresJobCatalog.readable(forgotten);
	}

	/**
	 * A job, and its options as they are stored: there may be some of a later version.
	 */
	private record Stored(Job job, @Nullable String options) {

		static Stored read(ResultSet row) throws SQLException {
			return new Stored(new JobRow(row).job(), row.getString("options"));
		}

		Args fence(Args args) {
			return args.id(this.job.id().value())
				.text(this.job.spec().queue().value())
				.text(this.job.state().name())
				.number(this.job.counters().deliveries())
				.text(this.job.spec().type().value())
				.small(this.job.spec().priority())
				.text(this.options)
				.bytes(this.job.spec().payload().toByteArray());
		}

	}

}
