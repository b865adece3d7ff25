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

import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
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

	private static final int PARTS = 3;

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
			before.put(schedule.name(), List.of(old.isEmpty() ? schedule : updated(old.get(0), schedule)));
		}
		said.forEach(this.link::await);
	}

	private static boolean isInQueueOf(Schedule schedule, Schedule other) {
		return other.spec().queue().equals(schedule.spec().queue());
	}

	private void move(Schedule schedule, List<Schedule> from) {
		this.link.await(save(updated(from.get(0), schedule)));
		from.stream()
			.filter((old) -> !isInQueueOf(schedule, old))
			.map((old) -> unschedule(this.keys.of(old.spec().queue()), old.name()))
			.toList()
			.forEach(this.link::await);
	}

	private static Schedule updated(Schedule old, Schedule given) {
		return old.hasTriggerOf(given) ? movedTo(given, old.nextAt()) : given;
	}

	private CompletableFuture<List<Object>> save(Schedule schedule) {
		QueueKeys queue = this.queues.listed(schedule.spec().queue());
		Args args = new Args().add(schedule.name())
			.add(trigger(schedule))
			.add(encode(schedule))
			.add(Millis.of(schedule.nextAt()));
		return this.link.send(Script.SAVE, queue.schedules(), args);
	}

	private static Schedule movedTo(Schedule schedule, Instant nextAt) {
		return new Schedule(schedule.name(), schedule.trigger(), schedule.zone(), schedule.spec(), nextAt);
	}

	@Override
	public List<Schedule> due(int limit) {
		return schedules(limit).stream().sorted(Comparator.comparing(Schedule::nextAt)).limit(limit).toList();
	}

	@Override
	public List<Schedule> list() {
		return schedules(-1).stream().sorted(Comparator.comparing(Schedule::name)).toList();
	}

	private List<Schedule> schedules(int limit) {
		List<QueueKeys> all = this.queues.all();
		List<CompletableFuture<List<Object>>> said = all.stream()
			.map((queue) -> this.link.send(Script.TICKS, queue.schedules(), new Args().add(limit)))
			.toList();
		List<Schedule> schedules = new ArrayList<>();
		for (int i = 0; i < all.size(); i++) {
			List<Object> parts = this.link.await(said.get(i));
			for (int j = 0; j < parts.size(); j += PARTS) {
				schedules.add(decode(all.get(i).queue(), parts.subList(j, j + PARTS)));
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
		Args args = new Args().add(due.name()).add(encode(due)).add(Millis.of(due.nextAt())).add(Millis.of(next));
		List<Object> said = this.link.call(Script.FIRE, this.keys.of(queue).allAndSchedules(),
				InsertCall.add(job, args));
		return ((Long) said.get(0)) == 1;
	}

	@Override
	public boolean remove(String name) {
		List<CompletableFuture<List<Object>>> said = this.queues.all()
			.stream()
			.map((queue) -> unschedule(queue, name))
			.toList();
		return said.stream().map(this.link::await).mapToLong((answer) -> (Long) answer.get(0)).sum() > 0;
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
		return new ByteWriter().raw(trigger(schedule)).raw(JobRecord.encode(schedule.spec())).toByteArray();
	}

	private static Schedule decode(QueueName queue, List<Object> parts) {
		ByteReader in = new ByteReader((byte[]) parts.get(1), 0);
		String trigger = in.text();
		String zone = in.text();
		long nextAt = Long.parseLong(text(parts.get(2)));
		return new Schedule(text(parts.get(0)), trigger, zone, JobRecord.decode(queue, in),
				Instant.ofEpochMilli(nextAt));
	}

	private static String text(Object bytes) {
		return new String((byte[]) bytes, StandardCharsets.UTF_8);
	}

}
