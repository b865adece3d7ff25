package dev.q.store.ends;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * What processes say to each other: words with a space between them. Whoever may say
 * something may say anything, so nothing of a job is in it that is not public: neither
 * its result nor the text of a failure.
 */
final class EndMessage {

	/** So many ids fit into a notification of PostgreSQL, whatever else is in it. */
	static final int MOST_IDS = 200;

	private static final String AWAITED = "awaited";

	private static final String ENDED = "ended";

	private static final String NONE = "-";

	private EndMessage() {
	}

	/**
	 * Whether a message is one of these.
	 */
	static boolean isOne(String message) {
		return message.startsWith(AWAITED + ' ') || message.startsWith(ENDED + ' ');
	}

	static List<String> awaited(String sender, Collection<JobId> ids) {
		return messages("%s %s".formatted(AWAITED, sender), ids);
	}

	static List<String> ended(String sender, How how, Collection<JobId> ids) {
		return messages("%s %s %s %s %s".formatted(ENDED, sender, how.queue(), name(how.state()), name(how.reason())),
				ids);
	}

	private static String name(@Nullable Enum<?> value) {
		return (value != null) ? value.name() : NONE;
	}

	private static List<String> messages(String start, Collection<JobId> ids) {
		List<JobId> all = List.copyOf(ids);
		List<String> messages = new ArrayList<>();
		for (int from = 0; from < all.size(); from += MOST_IDS) {
			messages.add(all.subList(from, Math.min(from + MOST_IDS, all.size()))
				.stream()
				.map(JobId::toString)
				.collect(Collectors.joining(" ", start + ' ', "")));
		}
		return messages;
	}

	/**
	 * Reads a message.
	 * @throws IllegalArgumentException if it says nothing
	 * @throws IndexOutOfBoundsException if it ends too early
	 */
	static Heard read(String message) {
		String[] words = message.split(" ", -1);
		if (words[0].equals(AWAITED)) {
			return new Heard(words[1], null, ids(words, 2));
		}
		if (!words[0].equals(ENDED)) {
			throw new IllegalArgumentException("It tells of no end");
		}
		JobState state = words[3].equals(NONE) ? null : JobState.valueOf(words[3]);
		DeadReason reason = words[4].equals(NONE) ? null : DeadReason.valueOf(words[4]);
		return new Heard(words[1], new How(new QueueName(words[2]), state, reason), ids(words, 5));
	}

	private static List<JobId> ids(String[] words, int from) {
		return Arrays.stream(words, from, words.length).map(JobId::of).toList();
	}

	/**
	 * How jobs have ended.
	 *
	 * @param queue their queue
	 * @param state their last state, or null if they were deleted
	 * @param reason why they are dead, or null
	 */
	record How(QueueName queue, @Nullable JobState state, @Nullable DeadReason reason) {

		How {
			if (state != null && !state.isTerminal()) {
				throw new IllegalArgumentException("A job that is %s has not ended".formatted(state));
			}
		}

	}

	/**
	 * What was heard.
	 *
	 * @param sender the process that said it
	 * @param how how the jobs have ended, or null if somebody waits for them
	 * @param ids which jobs
	 */
	record Heard(String sender, @Nullable How how, List<JobId> ids) {
	}

}
