package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import dev.q.job.JobId;
import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleOptions;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.ByteWriter;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.QueueKeys;

/**
 * Schedules in Redis. Each stands with the queue of its jobs, so that one script can
 * store the job of a tick and move the schedule on.
 */
final class RedisScheduleStore implements ScheduleStore {

	/** What comes before the schedules in an answer. */
	private static final int HEAD = 2;

	private static final int PARTS = 5;

	private static final String PAUSED = "1";

	private final RedisLink link;

	private final Keyspace keys;

	private final KnownQueues queues;

	RedisScheduleStore(RedisLink link, Keyspace keys, KnownQueues queues) {
		this.link = link;
		this.keys = keys;
		this.queues = queues;
	}

	/**
	 * A schedule that has changed its queue is saved there before it leaves the other
	 * one, so that it is never gone. If two nodes that disagree about its queue save it
	 * at once, it may stand in both: the next save mends that.
	 */
	@Override
	public void save(Collection<Schedule> schedules) {
		Map<String, List<Schedule>> before = list().stream().collect(Collectors.groupingBy(Schedule::name));
		List<CompletableFuture<List<Object>>> said = new ArrayList<>();
		for (Schedule schedule : schedules) {
			List<Schedule> old = before.getOrDefault(schedule.name(), List.of());
			if (old.stream().allMatch((other) -> isInQueueOf(schedule, other))) {
				said.add(save(schedule));
			}
			else {
				said.forEach(this.link::await);
				move(schedule, old);
			}
			before.put(schedule.name(), List.of(old.isEmpty() ? schedule : schedule.inPlaceOf(old.get(0))));
		}
		said.forEach(this.link::await);
	}

	private static boolean isInQueueOf(Schedule schedule, Schedule other) {
		return other.spec().queue().equals(schedule.spec().queue());
	}

	private void move(Schedule schedule, List<Schedule> from) {
		this.link.await(save(schedule.inPlaceOf(from.get(0))));
		from.stream()
			.filter((old) -> !isInQueueOf(schedule, old))
			.map((old) -> unschedule(this.keys.of(old.spec().queue()), old.name()))
			.toList()
			.forEach(this.link::await);
	}

	private CompletableFuture<List<Object>> save(Schedule schedule) {
		QueueKeys queue = this.queues.listed(schedule.spec().queue());
		Args args = new Args().add(schedule.name())
			.add(trigger(schedule))
			.add(encode(schedule))
			.add(Millis.of(schedule.nextAt()));
		addState(schedule, args);
		return this.link.send(Script.SAVE, queue.schedules(), args);
	}

	private static void addState(Schedule schedule, Args args) {
		args.add(schedule.paused() ? PAUSED : "");
		JobId last = schedule.lastJob();
		if (last != null) {
			args.add(last);
		}
		else {
			args.add("");
		}
	}

	/**
	 * Servers of a cluster have clocks of their own, so it counts how long it is until
	 * the next schedule is due. If there is no queue yet, any of them tells the time.
	 */
	@Override
	public Timetable due(int limit) {
		List<QueueKeys> all = this.queues.all();
		List<List<Object>> answers = ask(all.isEmpty() ? List.of(this.keys.of(QueueName.DEFAULT)) : all, limit);
		Instant storeTime = Instant.ofEpochMilli((Long) answers.get(0).get(0));
		Instant nextAt = answers.stream()
			.filter((answer) -> ((byte[]) answer.get(1)).length > 0)
			.map((answer) -> storeTime.plusMillis(Long.parseLong(text(answer.get(1))) - (Long) answer.get(0)))
			.min(Comparator.naturalOrder())
			.orElse(null);
		List<Schedule> due = schedules(all, answers).stream()
			.sorted(Comparator.comparing(Schedule::nextAt))
			.limit(limit)
			.toList();
		return new Timetable(due, storeTime, nextAt);
	}

	@Override
	public List<Schedule> list() {
		List<QueueKeys> all = this.queues.all();
		return schedules(all, ask(all, -1)).stream().sorted(Comparator.comparing(Schedule::name)).toList();
	}

	private List<List<Object>> ask(List<QueueKeys> queues, int limit) {
		List<CompletableFuture<List<Object>>> said = queues.stream()
			.map((queue) -> this.link.send(Script.TICKS, queue.schedules(), new Args().add(limit)))
			.toList();
		return said.stream().map(this.link::await).toList();
	}

	private static List<Schedule> schedules(List<QueueKeys> queues, List<List<Object>> answers) {
		List<Schedule> schedules = new ArrayList<>();
		for (int i = 0; i < queues.size(); i++) {
			List<Object> parts = answers.get(i);
			for (int j = HEAD; j < parts.size(); j += PARTS) {
				schedules.add(decode(queues.get(i).queue(), parts.subList(j, j + PARTS)));
			}
		}
		return schedules;
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		QueueName queue = due.spec().queue();
		if (!job.spec().queue().equals(queue)) {
			throw new IllegalArgumentException("Schedule %s is for queue %s, but the job of its tick is for %s"
				.formatted(due.name(), queue, job.spec().queue()));
		}
		return move(due, InsertCall.add(job, asItStands(due, next)));
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		return move(due, asItStands(due, next));
	}

	private static Args asItStands(Schedule due, Instant next) {
		Args args = new Args().add(due.name()).add(encode(due)).add(Millis.of(due.nextAt())).add(Millis.of(next));
		addState(due, args);
		return args;
	}

	private boolean move(Schedule due, Args args) {
		this.link.settleIn();
		byte[][] all = this.keys.of(due.spec().queue()).allAndSchedules();
		return (Long) this.link.call(Script.FIRE, all, args).get(0) == 1;
	}

	@Override
	public boolean pause(String name) {
		return inAnyQueue(name, Script.HALT, PAUSED);
	}

	@Override
	public boolean resume(String name) {
		return inAnyQueue(name, Script.HALT, "");
	}

	private boolean inAnyQueue(String name, Script script, String mode) {
		List<QueueKeys> all = this.queues.all();
		if (!all.isEmpty()) {
			this.link.settleIn();
		}
		List<CompletableFuture<List<Object>>> said = all.stream()
			.map((queue) -> this.link.send(script, queue.schedules(), new Args().add(name).add(mode)))
			.toList();
		return said.stream().map(this.link::await).mapToLong((answer) -> (Long) answer.get(0)).sum() > 0;
	}

	@Override
	public boolean remove(String name) {
		return inAnyQueue(name, Script.UNSCHEDULE, "");
	}

	private CompletableFuture<List<Object>> unschedule(QueueKeys queue, String name) {
		return this.link.send(Script.UNSCHEDULE, queue.schedules(), new Args().add(name));
	}

	/**
	 * What a schedule begins with, so that the script can tell whether it has changed.
	 */
	private static byte[] trigger(Schedule schedule) {
		return new ByteWriter().text(schedule.trigger()).text(schedule.zone()).toByteArray();
	}

	private static byte[] encode(Schedule schedule) {
		return new ByteWriter().raw(trigger(schedule))
			.text(schedule.options().text())
			.raw(JobRecord.encode(schedule.spec()))
			.toByteArray();
	}

	private static Schedule decode(QueueName queue, List<Object> parts) {
		ByteReader in = new ByteReader((byte[]) parts.get(1), 0);
		String trigger = in.text();
		String zone = in.text();
		ScheduleOptions options = ScheduleOptions.parse(in.text());
		byte[] last = (byte[]) parts.get(4);
		return new Schedule(text(parts.get(0)), trigger, zone, JobRecord.decode(queue, in), options,
				Instant.ofEpochMilli(Long.parseLong(text(parts.get(2)))), PAUSED.equals(text(parts.get(3))),
				(last.length > 0) ? new ByteReader(last, 0).id() : null);
	}

	private static String text(Object bytes) {
		return new String((byte[]) bytes, StandardCharsets.UTF_8);
	}

}
