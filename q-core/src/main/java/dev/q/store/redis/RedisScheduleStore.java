package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.ByteWriter;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.Millis;
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

	@Override
	public void save(Collection<Schedule> schedules) {
		Map<String, Schedule> before = list().stream().collect(Collectors.toMap(Schedule::name, Function.identity()));
		List<CompletableFuture<List<Object>>> said = new ArrayList<>();
		for (Schedule schedule : schedules) {
			Schedule old = before.get(schedule.name());
			if (old != null && !old.spec().queue().equals(schedule.spec().queue())) {
				said.add(save(old.hasTriggerOf(schedule) ? movedTo(schedule, old.nextAt()) : schedule));
				said.add(unschedule(this.keys.of(old.spec().queue()), schedule.name()));
			}
			else {
				said.add(save(schedule));
			}
		}
		said.forEach(this.link::await);
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
