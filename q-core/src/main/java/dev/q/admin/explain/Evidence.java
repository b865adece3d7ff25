package dev.q.admin.explain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what shows a reason, and the words for it.
 */
final class Evidence {

	private static final int MOST_TEXT = 500;

	private final Map<String, Object> parts = new LinkedHashMap<>();

	private Evidence() {
	}

	static Evidence of(String name, @Nullable Object value) {
		return new Evidence().and(name, value);
	}

	/** Adds something, unless it is unknown. */
	Evidence and(String name, @Nullable Object value) {
		if (value != null) {
			boolean isPlain = value instanceof Instant || value instanceof Number || value instanceof Boolean;
			this.parts.put(name, isPlain ? value : value.toString());
		}
		return this;
	}

	/** Adds a failure, without its stack trace. */
	Evidence and(@Nullable JobError failure) {
		return (failure != null) ? and("failureType", failure.type()).and("failure", failure.message()) : this;
	}

	Map<String, Object> map() {
		return this.parts;
	}

	/** A failure in a sentence. */
	static String with(@Nullable JobError failure) {
		return (failure != null) ? " with " + text(failure) : "";
	}

	/** A failure at the end of a sentence. */
	static String after(@Nullable JobError failure) {
		return (failure != null) ? ": " + text(failure) : "";
	}

	private static String text(JobError failure) {
		return "%s: %s".formatted(Names.printable(failure.type(), MOST_TEXT),
				Names.printable(failure.message(), MOST_TEXT));
	}

	static String why(DeadReason reason) {
		return switch (reason) {
			case EXHAUSTED -> "as its last attempt failed";
			case PERMANENT -> "as it failed in a way that another attempt cannot mend";
			case CRASHED -> "as its workers were lost too often while they ran it";
			case UNDECODABLE -> "as its payload could not be read";
			case NO_HANDLER -> "as no worker knew a handler of its type for too long";
			case INTERRUPTED -> "as it was interrupted and may not start twice";
			case LOST -> "as its worker was lost and it may not start twice";
		};
	}

}
