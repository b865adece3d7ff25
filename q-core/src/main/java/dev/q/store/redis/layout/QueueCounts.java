package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * What the script {@code count} says of a queue.
 *
 * @param said its answer
 * @since 0.1
 */
public record QueueCounts(List<Object> said) {

	/**
	 * Whether the oldest ready job is not known yet.
	 * @return true if it is worth asking again
	 */
	public boolean areUnfinished() {
		return number(10) == 1;
	}

	/**
	 * Whether people are to see the queue.
	 * @return false if it has been empty for long
	 */
	public boolean areListed() {
		return number(13) == 0;
	}

	/**
	 * The figures of the queue.
	 * @param queue its name
	 * @return the figures
	 */
	public QueueStats stats(QueueName queue) {
		Map<JobState, Long> counts = new EnumMap<>(JobState.class);
		long running = number(2);
		long delayed = number(3);
		long retrying = number(4);
		long ended = number(5) + number(6) + number(7) + number(8);
		long blocked = number(12);
		put(counts, JobState.READY, number(1) - running - delayed - blocked - ended);
		put(counts, JobState.BLOCKED, blocked);
		put(counts, JobState.RUNNING, running);
		put(counts, JobState.SCHEDULED, delayed - retrying);
		put(counts, JobState.RETRYING, retrying);
		put(counts, JobState.SUCCEEDED, number(5));
		put(counts, JobState.DEAD, number(6));
		put(counts, JobState.CANCELLED, number(7));
		put(counts, JobState.EXPIRED, number(8));
		return new QueueStats(queue, pause(this.said.get(0)), counts, instant(text(9)), instant(text(11)));
	}

	/**
	 * Reads what a queue does not do, as scripts say it.
	 * @param said the mode, who said so, and since when
	 * @return all of it
	 */
	public static Pause pause(Object said) {
		List<?> parts = (List<?>) said;
		return new Pause(PauseMode.valueOf(text(parts.get(0))), text(parts.get(1)), instant(text(parts.get(2))));
	}

	private static void put(Map<JobState, Long> counts, JobState state, long count) {
		if (count > 0) {
			counts.put(state, count);
		}
	}

	private long number(int place) {
		return (Long) this.said.get(place);
	}

	private String text(int place) {
		return text(this.said.get(place));
	}

	private static @Nullable Instant instant(String millis) {
		return millis.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(millis));
	}

	private static String text(Object said) {
		return new String((byte[]) said, StandardCharsets.UTF_8);
	}

}
