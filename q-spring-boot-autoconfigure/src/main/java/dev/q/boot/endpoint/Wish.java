package dev.q.boot.endpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.q.admin.JobFilter;
import dev.q.job.JobState;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are asked for, as it came. What is wrong with it is said with the value and
 * the remedy.
 *
 * @param filter which jobs
 * @param limit how many, or null
 * @param cursor where to go on, or null
 */
record Wish(Filter filter, @Nullable String limit, @Nullable String cursor) {

	int limit(int usual, int most) {
		if (this.limit == null) {
			return usual;
		}
		try {
			int wanted = Integer.parseInt(this.limit);
			if (wanted >= 1 && wanted <= most) {
				return wanted;
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(noLimit(most), ex);
		}
		throw new IllegalArgumentException(noLimit(most));
	}

	private String noLimit(int most) {
		return "limit must be a number from 1 to %d, but was %s".formatted(most,
				Names.quoted(String.valueOf(this.limit)));
	}

	static boolean isFalse(String name, @Nullable String value) {
		if (value != null && !value.equals("true") && !value.equals("false")) {
			throw new IllegalArgumentException(
					"%s must be true or false, but was %s".formatted(name, Names.quoted(value)));
		}
		return "false".equals(value);
	}

	static IllegalArgumentException noArea(String area, String areas) {
		return new IllegalArgumentException(
				"There is no area %s here. There are %s".formatted(Names.quoted(area), areas));
	}

	static IllegalArgumentException noAction(@Nullable String action, String actions) {
		return new IllegalArgumentException(
				(action != null) ? "action may be %s, but was %s".formatted(actions, Names.quoted(action))
						: "action is missing. It may be " + actions);
	}

	/** A constant by its name, in whatever case. */
	static <E extends Enum<E>> E constant(String name, Class<E> type, String value) {
		return Arrays.stream(type.getEnumConstants())
			.filter((each) -> each.name().equals(value.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("%s must be one of %s, but was %s".formatted(name,
					Arrays.toString(type.getEnumConstants()), Names.quoted(value))));
	}

	/**
	 * Which jobs. What is null does not matter.
	 *
	 * @param state their states
	 * @param queue their queue
	 * @param type their type
	 * @param tag a tag that they have
	 * @param storedBefore when they were stored at the latest
	 */
	record Filter(@Nullable List<String> state, @Nullable String queue, @Nullable String type, @Nullable String tag,
			@Nullable String storedBefore) {

		JobFilter read() {
			return new JobFilter(states(), (this.queue != null) ? new QueueName(this.queue) : null,
					(this.type != null) ? new TypeName(this.type) : null, this.tag, instant());
		}

		private Set<JobState> states() {
			Set<JobState> states = EnumSet.noneOf(JobState.class);
			if (this.state != null) {
				this.state.forEach((name) -> states.add(constant("state", JobState.class, name)));
			}
			return states;
		}

		private @Nullable Instant instant() {
			try {
				return (this.storedBefore != null) ? Instant.parse(this.storedBefore) : null;
			}
			catch (DateTimeException ex) {
				throw new IllegalArgumentException(
						"storedBefore must be an instant such as 2026-02-03T04:05:06Z, but was %s"
							.formatted(Names.quoted(String.valueOf(this.storedBefore))),
						ex);
			}
		}

	}

}
