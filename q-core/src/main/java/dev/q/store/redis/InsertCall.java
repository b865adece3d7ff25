package dev.q.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.Millis;
import dev.q.store.redis.layout.QueueKeys;

/**
 * How a group is sent, and how the answer is read.
 */
final class InsertCall {

	/**
	 * Stands for the server's clock, which is not known here. No clock is so far ahead.
	 */
	private static final Instant FAR_AHEAD = Instant.parse("2200-01-01T00:00:00Z");

	private static final int FULL = 1;

	private static final int PAUSED = 2;

	private final InsertGroup group;

	private final boolean plain;

	InsertCall(InsertGroup group) {
		this.group = group;
		this.plain = group.maxLength() == 0 && group.jobs().stream().allMatch(InsertCall::isPlain);
	}

	private static boolean isPlain(NewJob job) {
		JobLimits limits = job.spec().limits();
		return job.due().equals(Due.NOW) && job.spec().unique() == null && limits.timeToLive() == null
				&& limits.deadline() == null;
	}

	/**
	 * Makes sure that the times of these jobs can be stored, which must come to light
	 * before anything is.
	 * @throws IllegalArgumentException if a job is due beyond what can be stored
	 */
	void requireStorableTimes() {
		for (NewJob job : this.group.jobs()) {
			job.due().from(FAR_AHEAD);
			job.spec().limits().expiryOf(FAR_AHEAD);
		}
	}

	/** That of the first job, which is that of all. */
	Durability durability() {
		return this.group.jobs().get(0).spec().durability();
	}

	boolean isReplicated() {
		return durability() instanceof Durability.Replicated;
	}

	Script script() {
		return this.plain ? Script.INSERT_PLAIN : Script.INSERT;
	}

	QueueName queue() {
		return this.group.queue();
	}

	/** A queue must be known before its first job is stored. */
	void listIn(KnownQueues queues) {
		queues.list(this.group.queue());
	}

	byte[][] keys(Keyspace keys) {
		QueueKeys queue = keys.of(this.group.queue());
		return this.plain ? queue.plain(priorities()) : queue.all();
	}

	Args args() {
		Args args = this.plain ? new Args().add(priorities()) : new Args().add(this.group.maxLength());
		for (NewJob job : this.group.jobs()) {
			if (this.plain) {
				args.add(job.id()).add(JobRecord.encode(job.spec()));
			}
			else {
				add(job, args);
			}
		}
		return args;
	}

	/** As the part {@code store} of the scripts reads a job. */
	static Args add(NewJob job, Args args) {
		JobLimits limits = job.spec().limits();
		return args.add(job.id())
			.add(text(job.due()))
			.add((limits.timeToLive() != null) ? Millis.text(Millis.of(limits.timeToLive())) : "")
			.add((limits.deadline() != null) ? Millis.text(Millis.of(limits.deadline())) : "")
			.add(JobRecord.encode(job.spec()));
	}

	static String text(Due due) {
		if (due instanceof Due.After after) {
			return '+' + Millis.text(Millis.of(after.delay()));
		}
		return (due instanceof Due.At at) ? Millis.text(Millis.of(at.instant())) : "";
	}

	private String priorities() {
		StringBuilder used = new StringBuilder(1);
		for (NewJob job : this.group.jobs()) {
			char priority = (char) ('0' + job.spec().priority());
			if (used.indexOf(String.valueOf(priority)) < 0) {
				used.append(priority);
			}
		}
		return used.toString();
	}

	InsertAnswer answer(List<Object> said) {
		int code = ((Long) said.get(0)).intValue();
		if (code == FULL) {
			return new InsertAnswer.Full(this.group.maxLength(), ((Long) said.get(1)).intValue());
		}
		return (code == PAUSED) ? new InsertAnswer.Paused() : new InsertAnswer.Accepted(entries(said));
	}

	private List<InsertAnswer.Entry> entries(List<Object> said) {
		List<InsertAnswer.Entry> entries = new ArrayList<>(this.group.jobs().size());
		for (NewJob job : this.group.jobs()) {
			entries.add(new InsertAnswer.Entry(job.id(), true));
		}
		int step = this.plain ? 1 : 2;
		for (int i = 1; i < said.size(); i += step) {
			int place = ((Long) said.get(i)).intValue() - 1;
			JobId holder = this.plain ? entries.get(place).id() : new ByteReader((byte[]) said.get(i + 1), 0).id();
			entries.set(place, new InsertAnswer.Entry(holder, false));
		}
		return entries;
	}

}
