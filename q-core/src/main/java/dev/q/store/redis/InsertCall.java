package dev.q.store.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.WorkStore;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.QueueKeys;
import org.jspecify.annotations.Nullable;

/**
 * How groups of one queue are sent, and how the answer is read.
 */
final class InsertCall {

	private static final int FULL = 1;

	private static final int PAUSED = 2;

	private final QueueName queue;

	private final int maxLength;

	private final boolean plain;

	private final List<NewJob> jobs = new ArrayList<>();

	private final List<Part> parts = new ArrayList<>();

	private InsertCall(InsertGroup group, boolean plain) {
		this.queue = group.queue();
		this.maxLength = group.maxLength();
		this.plain = plain;
	}

	/**
	 * Arranges groups in as few calls as can be. Groups share one only if nothing but a
	 * pause of their queue can refuse them, so that none is refused for another, and only
	 * if they keep their order.
	 */
	static List<InsertCall> of(List<InsertGroup> groups) {
		List<InsertCall> calls = new ArrayList<>();
		Map<QueueName, InsertCall> last = new HashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			InsertGroup group = groups.get(i);
			boolean plain = group.maxLength() == 0 && group.jobs().stream().allMatch(InsertCall::isPlain);
			InsertCall call = last.get(group.queue());
			if (call == null || !plain || !call.hasRoomFor(group)) {
				call = new InsertCall(group, plain);
				calls.add(call);
				last.put(group.queue(), call);
			}
			call.add(i, group);
		}
		return calls;
	}

	private boolean hasRoomFor(InsertGroup group) {
		return this.plain && this.jobs.size() + group.jobs().size() <= WorkStore.MAX_GROUP
				&& durability().equals(group.jobs().get(0).spec().durability());
	}

	private void add(int place, InsertGroup group) {
		this.parts.add(new Part(place, this.jobs.size(), this.jobs.size() + group.jobs().size()));
		this.jobs.addAll(group.jobs());
	}

	private static boolean isPlain(NewJob job) {
		JobLimits limits = job.spec().limits();
		return job.due().equals(Due.NOW) && job.spec().unique() == null && limits.timeToLive() == null
				&& limits.deadline() == null;
	}

	/** That of the first job, which is that of all. */
	Durability durability() {
		return this.jobs.get(0).spec().durability();
	}

	boolean isReplicated() {
		return durability() instanceof Durability.Replicated;
	}

	Script script() {
		return this.plain ? Script.INSERT_PLAIN : Script.INSERT;
	}

	/** A queue must be known before its first job is stored. */
	void listIn(KnownQueues queues) {
		queues.list(this.queue);
	}

	byte[][] keys(Keyspace keys) {
		QueueKeys queue = keys.of(this.queue);
		return this.plain ? queue.plain(priorities()) : queue.all();
	}

	Args args() {
		Args args = this.plain ? new Args().add(priorities()) : new Args().add(this.maxLength);
		for (NewJob job : this.jobs) {
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
		for (NewJob job : this.jobs) {
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
			return new InsertAnswer.Full(this.maxLength, ((Long) said.get(1)).intValue());
		}
		return (code == PAUSED) ? new InsertAnswer.Paused() : new InsertAnswer.Accepted(entries(said));
	}

	private List<InsertAnswer.Entry> entries(List<Object> said) {
		List<InsertAnswer.Entry> entries = new ArrayList<>(this.jobs.size());
		for (NewJob job : this.jobs) {
			entries.add(new InsertAnswer.Entry(job.id(), true));
		}
		int step = this.plain ? 1 : 2;
		for (int i = 1; i < said.size(); i += step) {
			int place = ((Long) said.get(i)).intValue();
			int index = Math.abs(place) - 1;
			JobId holder = this.plain ? entries.get(index).id() : new ByteReader((byte[]) said.get(i + 1), 0).id();
			entries.set(index, new InsertAnswer.Entry(holder, false, place < 0));
		}
		return entries;
	}

	/**
	 * Tells each group its part of the answer.
	 * @param answer what was said to all jobs of the call
	 * @param answers of all groups, in the order in which they came
	 */
	void note(InsertAnswer answer, @Nullable InsertAnswer[] answers) {
		for (Part part : this.parts) {
			answers[part.place] = (this.parts.size() == 1) ? answer : part.of(answer);
		}
	}

	/**
	 * The jobs of one group.
	 *
	 * @param place of the group among all groups
	 * @param from its first job
	 * @param to behind its last job
	 */
	private record Part(int place, int from, int to) {

		InsertAnswer of(InsertAnswer answer) {
			if (answer instanceof InsertAnswer.Accepted accepted) {
				return new InsertAnswer.Accepted(accepted.jobs().subList(this.from, this.to));
			}
			if (answer instanceof InsertAnswer.NotReplicated stored) {
				return new InsertAnswer.NotReplicated(stored.jobs().subList(this.from, this.to), stored.wanted(),
						stored.reached());
			}
			return answer;
		}

	}

}
