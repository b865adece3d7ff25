package dev.q.admin.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has done something. Payloads are never in it.
 *
 * @param at when it was over, by the clock of this node
 * @param who who did it
 * @param act what
 * @param count how many jobs, queues or schedules were changed; after a dry run, how many
 * were meant
 * @param failure why it failed, which may be half-way, or null if it did not
 * @since 0.1
 */
public record AuditEvent(Instant at, String who, Act act, long count, @Nullable String failure) {

	private static final int MOST_IDS = 10;

	private static final int MOST_TEXT = 200;

	/**
	 * The event for people.
	 * @return one line; what users wrote is escaped, and of many ids the first are named
	 */
	public String text() {
		String target = this.act.target()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + textOf(entry.getValue()))
			.collect(Collectors.joining(", "));
		return "%s: %s%s (%s), count %d%s".formatted(Names.printable(this.who, MOST_TEXT), this.act.name(),
				this.act.isDryRun() ? " as a dry run" : "", target, this.count,
				(this.failure != null) ? ", failed: " + Names.printable(this.failure, MOST_TEXT) : "");
	}

	private static String textOf(Object value) {
		if (value instanceof Collection<?> many) {
			String first = many.stream()
				.limit(MOST_IDS)
				.map((each) -> Names.printable(String.valueOf(each), MOST_TEXT))
				.collect(Collectors.joining(" "));
			return (many.size() > MOST_IDS) ? "%s and %d more".formatted(first, many.size() - MOST_IDS) : first;
		}
		return Names.printable(String.valueOf(value), MOST_TEXT);
	}

	/**
	 * The event for programs.
	 * @return the parts of the target, and {@code count}, {@code dryRun} and, if it
	 * failed, {@code failure}
	 */
	public Map<String, Object> data() {
		Map<String, Object> data = new LinkedHashMap<>(this.act.target());
		data.put("count", this.count);
		data.put("dryRun", this.act.isDryRun());
		if (this.failure != null) {
			data.put("failure", this.failure);
		}
		return data;
	}

}
