package dev.q.admin.explain;

import java.time.Instant;

/**
 * Something that happened to a job, or is going to.
 *
 * @param at when, by the clock of the store
 * @param event what
 * @param text the same for people
 * @since 0.1
 */
public record Moment(Instant at, Event event, String text) {

	/**
	 * What happened.
	 */
	public enum Event {

		/** The job was stored. */
		CREATED,

		/** The job was, or will be, due for the last time. */
		DUE,

		/** A worker claimed the job for the last time. */
		STARTED,

		/** The workers that had the job since knew no handler for it. */
		UNHANDLED,

		/** The job expires, unless it ends before. */
		EXPIRES,

		/** The job ended. */
		FINISHED

	}

}
