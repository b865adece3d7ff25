package dev.q.admin.explain;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened to a job, or is going to.
 *
 * @param at when, by the clock of the store
 * @param event what
 * @param text the same for people, in one line; what users wrote is escaped in it
 * @param evidence the same for programs: texts and numbers by name; what is unknown is
 * missing
 * @since 0.1
 */
public record Moment(Instant at, Event event, String text, Map<String, Object> evidence) {

	/**
	 * Copies the map, in its order.
	 */
	public Moment {
		evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
	}

	/**
	 * A moment of which no more is known than when it was.
	 */
	Moment(Instant at, Event event, String text) {
		this(at, event, text, Map.of());
	}

	/**
	 * What happened.
	 */
	public enum Event {

		/** The job was stored. */
		CREATED,

		/** The job was, or will be, due for the last time. */
		DUE,

		/** The first attempts, of which no more is kept than how many they were. */
		ATTEMPTS_FORGOTTEN,

		/** A worker claimed the job: an attempt. */
		STARTED,

		/** An attempt ended. */
		ATTEMPT_ENDED,

		/** The workers that had the job since knew no handler for it. */
		UNHANDLED,

		/** The job expires, unless it ends before. */
		EXPIRES,

		/** The job ended. */
		FINISHED

	}

}
