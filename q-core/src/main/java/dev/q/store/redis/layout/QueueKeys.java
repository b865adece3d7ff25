package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.JobSpec;
import dev.q.job.QueueName;

/**
 * The keys of one queue, all in one slot of a cluster. What each holds:
 *
 * <pre>
 * jobs       hash        id -&gt; record; its presence is the job's existence
 * states     hash        id -&gt; line; missing while nothing has happened to the job
 * leases     sorted set  id, by the end of its lease
 * delayed    sorted set  sequence, priority and id, by the time when it is due
 * expiring   sorted set  id, by the time when it expires; and unique keys that are held for a
 *                        window, by its end
 * waiters    sorted set  worker that waits for jobs, by the time since when
 * meta       hash        sequence, pause with who said so and since when, priorities in use,
 *                        numbers of retrying and blocked jobs
 * unique     hash        unique key -&gt; id of the job that holds it, and until when, or who waits
 * errors     hash        id -&gt; last failure, and attempts that did not end well
 * endings    hash        id -&gt; result, or reason of the end
 * succeeded, dead, cancelled, expired
 *            sorted set  id, by the time of its end
 * ready:0 to ready:9
 *            list        id and mark, the next to be claimed first
 * </pre>
 *
 * Keys of schedules stand apart, as few scripts need them: {@code schedules} (hash, name
 * -&gt; schedule), {@code ticks} (sorted set, name by next time), {@code halted} (the
 * same for those that are paused) and {@code lasts} (hash, name -&gt; id of its last
 * job).
 *
 * @since 0.1
 */
public final class QueueKeys {

	private static final List<String> NAMES = Stream
		.concat(Stream.of("jobs", "states", "leases", "delayed", "expiring", "waiters", "meta", "unique", "errors",
				"endings", "succeeded", "dead", "cancelled", "expired"),
				IntStream.rangeClosed(0, JobSpec.LOWEST_PRIORITY).mapToObj((priority) -> "ready:" + priority))
		.toList();

	private static final int JOBS = NAMES.indexOf("jobs");

	private static final int META = NAMES.indexOf("meta");

	private static final int WAITERS = NAMES.indexOf("waiters");

	private static final int READY = NAMES.indexOf("ready:0");

	private final QueueName queue;

	private final byte[][] keys;

	private final byte[][] scheduleKeys;

	QueueKeys(String prefix, QueueName queue) {
		this.queue = queue;
		this.keys = keys(prefix, NAMES);
		this.scheduleKeys = keys(prefix, List.of("schedules", "ticks", "halted", "lasts"));
	}

	private static byte[][] keys(String prefix, List<String> names) {
		return names.stream().map((name) -> (prefix + name).getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
	}

	/**
	 * Whose keys these are.
	 * @return the queue
	 */
	public QueueName queue() {
		return this.queue;
	}

	/**
	 * All keys but those of schedules.
	 * @return in the order in which scripts know them; not to be changed
	 */
	public byte[][] all() {
		return this.keys;
	}

	/**
	 * The keys of a plain insert.
	 * @param priorities the priorities of the jobs, as digits
	 * @return in the order in which scripts know them
	 */
	public byte[][] plain(String priorities) {
		byte[][] plain = new byte[3 + priorities.length()][];
		plain[0] = this.keys[JOBS];
		plain[1] = this.keys[META];
		plain[2] = this.keys[WAITERS];
		for (int i = 0; i < priorities.length(); i++) {
			plain[3 + i] = this.keys[READY + priorities.charAt(i) - '0'];
		}
		return plain;
	}

	/**
	 * The keys of schedules alone.
	 * @return in the order in which scripts know them; not to be changed
	 */
	public byte[][] schedules() {
		return this.scheduleKeys;
	}

	/**
	 * All keys, those of schedules at the end.
	 * @return in the order in which scripts know them
	 */
	public byte[][] allAndSchedules() {
		byte[][] both = Arrays.copyOf(this.keys, this.keys.length + this.scheduleKeys.length);
		System.arraycopy(this.scheduleKeys, 0, both, this.keys.length, this.scheduleKeys.length);
		return both;
	}

}
