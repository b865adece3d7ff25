package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.schedule.ScheduleOptions;
import dev.q.store.InsertGroup;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Columns;
import dev.q.store.jdbc.layout.JobRow;
import dev.q.store.jdbc.layout.KeyTerms;
import dev.q.store.jdbc.layout.Keys;
import dev.q.store.jdbc.layout.OptionsText;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;

/**
 * Schedules in PostgreSQL.
 */
final class PostgresScheduleStore implements ScheduleStore {

	private final Database database;

	private final Signals signals;

	PostgresScheduleStore(Database database, Signals signals) {
		this.database = database;
		this.signals = signals;
	}

	@Override
	public void save(Collection<Schedule> schedules) {
		List<Schedule> all = List.copyOf(schedules);
		Args args = new Args().texts(Columns.of(all, Schedule::name))
			.texts(Columns.of(all, Schedule::trigger))
			.texts(Columns.of(all, Schedule::zone))
			.texts(Columns.of(all, (schedule) -> schedule.options().text()))
			.numbers(Columns.of(all, (schedule) -> Millis.of(schedule.nextAt())))
			.ints(Columns.of(all, (schedule) -> schedule.paused() ? 1 : 0))
			.ids(Columns.of(all, Schedule::lastJob))
			.texts(Columns.of(all, (schedule) -> schedule.spec().queue()))
			.smalls(Columns.of(all, (schedule) -> (short) schedule.spec().priority()))
			.ints(Columns.of(all, (schedule) -> schedule.spec().limits().maxCrashes()))
			.numbers(Columns.of(all, (schedule) -> InsertCall.millis(schedule.spec().limits().lease())))
			.texts(Columns.of(all, (schedule) -> schedule.spec().type()))
			.texts(Columns.of(all, (schedule) -> OptionsText.of(schedule.spec())))
			.blobs(Columns.of(all, (schedule) -> schedule.spec().payload().toByteArray()));
		this.database.call("q_save_v1", args, (row) -> true);
	}

	@Override
	public Timetable due(int limit) {
		List<Schedule> due = new ArrayList<>();
		List<Timetable> read = this.database.call("q_timetable_v1", new Args().number((long) limit), (row) -> {
			if (row.getString("name") != null) {
				due.add(schedule(row));
			}
			return new Timetable(due, Instant.ofEpochMilli(row.getLong("now_ms")), instant(row, "upcoming_ms"));
		});
		return read.get(read.size() - 1);
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		if (!job.spec().queue().equals(due.spec().queue())) {
			throw new IllegalArgumentException("Schedule %s is for queue %s, but the job of its tick is for %s"
				.formatted(due.name(), due.spec().queue(), job.spec().queue()));
		}
		InsertGroup.of(List.of(job)).requireStorableTimes();
		Long held = move(due, next, job);
		if (held == null) {
			return false;
		}
		QueueName queue = job.spec().queue();
		News news = new News().ready(queue);
		this.signals.tell((held > 0) ? news.late(queue, News.Late.held(held)) : news);
		return true;
	}

	private static void add(Args args, @Nullable UniqueKey key) {
		UniqueKey special = (key != null && KeyTerms.areSpecial(key)) ? key : null;
		args.small((special != null) ? KeyTerms.scope(special) : null)
			.number((special != null) ? KeyTerms.window(special) : null)
			.small((special != null) ? KeyTerms.conflict(special) : null);
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		return move(due, next, null) != null;
	}

	/**
	 * Null if it was not moved, else the place of a job that was held meanwhile, or zero.
	 */
	private @Nullable Long move(Schedule due, Instant next, @Nullable NewJob job) {
		Args args = new Args().text(due.name())
			.text(due.trigger())
			.text(due.zone())
			.text(due.options().text())
			.number(Millis.of(due.nextAt()))
			.flag(due.paused())
			.id(value(due.lastJob()))
			.number(Millis.of(next))
			.text(due.spec().queue().value());
		add(args, due.spec());
		args.id(value((job != null) ? job.id() : null));
		add(args, (job != null) ? job.spec() : due.spec());
		JobLimits limits = (job != null) ? job.spec().limits() : JobLimits.DEFAULT;
		args.number(InsertCall.millis((job != null) ? job.due() : Due.NOW))
			.number(InsertCall.millis(limits.timeToLive()))
			.number(InsertCall.millis(limits.deadline()))
			.bytes((job != null) ? Keys.hash(job.spec().unique()) : null);
		add(args, (job != null) ? job.spec().unique() : null);
		List<Optional<Long>> answers = this.database.call("q_fire_v1", args,
				(row) -> Optional.ofNullable(row.getObject(1, Long.class)));
		return answers.get(0).orElse(null);
	}

	private static void add(Args args, JobSpec spec) {
		args.small(spec.priority())
			.text(spec.type().value())
			.bytes(spec.payload().toByteArray())
			.text(OptionsText.of(spec))
			.number(spec.limits().maxCrashes())
			.number(InsertCall.millis(spec.limits().lease()));
	}

	private static @Nullable UUID value(@Nullable JobId id) {
		return (id != null) ? id.value() : null;
	}

	@Override
	public boolean pause(String name) {
		return halt(name, true);
	}

	@Override
	public boolean resume(String name) {
		return halt(name, false);
	}

	private boolean halt(String name, boolean paused) {
		return this.database.call("q_halt_v1", new Args().text(name).flag(paused), (row) -> row.getBoolean(1)).get(0);
	}

	@Override
	public boolean remove(String name) {
		return this.database.call("q_unsave_v1", new Args().text(name), (row) -> row.getBoolean(1)).get(0);
	}

	@Override
	public List<Schedule> list() {
		return this.database.call("q_schedules_v1", new Args(), PostgresScheduleStore::schedule);
	}

	private static Schedule schedule(ResultSet row) throws SQLException {
		return new Schedule(row.getString("name"), row.getString("trigger_text"), row.getString("zone"),
				new JobRow(row).spec(), ScheduleOptions.parse(row.getString("rules")),
				Instant.ofEpochMilli(row.getLong("next_ms")), row.getBoolean("paused"),
				Optional.ofNullable(row.getObject("last_job", UUID.class)).map(JobId::new).orElse(null));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

}
