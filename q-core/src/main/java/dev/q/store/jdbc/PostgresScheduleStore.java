package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.UniqueKey;
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
			.numbers(Columns.of(all, (schedule) -> Millis.of(schedule.nextAt())))
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
	public List<Schedule> due(int limit) {
		return this.database.call("q_schedules_v1", new Args().flag(true).number((long) limit),
				PostgresScheduleStore::read);
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		if (!job.spec().queue().equals(due.spec().queue())) {
			throw new IllegalArgumentException("Schedule %s is for queue %s, but the job of its tick is for %s"
				.formatted(due.name(), due.spec().queue(), job.spec().queue()));
		}
		InsertGroup.of(List.of(job)).requireStorableTimes();
		Args args = new Args().text(due.name())
			.text(due.trigger())
			.text(due.zone())
			.number(Millis.of(due.nextAt()))
			.number(Millis.of(next))
			.text(due.spec().queue().value());
		add(args, due.spec());
		args.id(job.id().value());
		add(args, job.spec());
		JobLimits limits = job.spec().limits();
		args.number(InsertCall.millis(job.due()))
			.number(InsertCall.millis(limits.timeToLive()))
			.number(InsertCall.millis(limits.deadline()))
			.bytes(Keys.hash(job.spec().unique()));
		add(args, job.spec().unique());
		boolean isFired = this.database.call("q_fire_v1", args, (row) -> row.getArray(1) != null).get(0);
		if (isFired) {
			this.signals.tell(new News().ready(job.spec().queue()));
		}
		return isFired;
	}

	private static void add(Args args, @Nullable UniqueKey key) {
		UniqueKey special = (key != null && KeyTerms.areSpecial(key)) ? key : null;
		args.small((special != null) ? KeyTerms.scope(special) : null)
			.number((special != null) ? KeyTerms.window(special) : null)
			.small((special != null) ? KeyTerms.conflict(special) : null);
	}

	private static void add(Args args, JobSpec spec) {
		args.small(spec.priority())
			.text(spec.type().value())
			.bytes(spec.payload().toByteArray())
			.text(OptionsText.of(spec))
			.number(spec.limits().maxCrashes())
			.number(InsertCall.millis(spec.limits().lease()));
	}

	@Override
	public boolean remove(String name) {
		return this.database.call("q_unsave_v1", new Args().text(name), (row) -> row.getBoolean(1)).get(0);
	}

	@Override
	public List<Schedule> list() {
		return this.database.call("q_schedules_v1", new Args().flag(false).number(Long.MAX_VALUE),
				PostgresScheduleStore::read);
	}

	private static Schedule read(ResultSet row) throws SQLException {
		return new Schedule(row.getString("name"), row.getString("trigger_text"), row.getString("zone"),
				new JobRow(row).spec(), Instant.ofEpochMilli(row.getLong("next_ms")));
	}

}
