package dev.q.schedule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the job of a {@code @JobHandler} method come again and again, one job for each
 * tick, however many nodes there are. May be repeated, with an {@link #id()} each.
 *
 * <pre>
 * &#64;Recurring(cron = "0 3 * * *", zone = "Europe/Berlin")
 * &#64;JobHandler("nightly-report")
 * void report() {
 *     ...
 * }
 * </pre>
 *
 * Workers put the schedule into the store when they start, in the place of the one of its
 * id; one that somebody has paused stays paused. Queue, priority and all else come from
 * the handler. A schedule whose annotation is gone is removed by the next worker of the
 * application that starts, known by {@code spring.application.name}; without that name,
 * or with {@code q.recurring.vanished=keep}, it stays until it is removed by hand.
 *
 * <p>
 * All texts may have placeholders such as <code>${report.cron}</code>. A {@link #cron()}
 * or {@link #every()} of {@code -} means that there is no such schedule, for the whole
 * application.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Recurring.Several.class)
public @interface Recurring {

	/** What stands for no schedule. */
	String DISABLED = "-";

	/**
	 * What the schedule is known by: 1 to 128 characters of {@code [A-Za-z0-9._-]}.
	 * @return its name; empty for the type of the handler
	 */
	String id() default "";

	/**
	 * A cron text of 5 or 6 fields, or a macro such as {@code @daily}; see
	 * {@link Trigger}.
	 * @return the text; empty if {@link #every()} is given
	 */
	String cron() default "";

	/**
	 * A span such as {@code 5m}, 1 s or more. Its ticks are aligned to 1970-01-01T00:00Z.
	 * @return the span; empty if {@link #cron()} is given
	 */
	String every() default "";

	/**
	 * In which zone the cron text is meant, such as {@code Europe/Berlin}.
	 * @return the zone; UTC unless set, so that nodes agree
	 */
	String zone() default ScheduleRequest.UTC;

	/**
	 * What happens to ticks that are late: {@code skip}, {@code one}, or such as
	 * {@code all(10, 1h)}. See {@link Misfire}.
	 * @return the rule; one within 24 hours unless set
	 */
	String misfire() default "one";

	/**
	 * What a tick does while the job before it has not ended.
	 * @return it does not care, unless set
	 */
	Overlap overlap() default Overlap.ALLOW;

	/**
	 * How much later than its tick a job may start, such as {@code 30s}, 24 h at most.
	 * How much it is depends on the schedule and the tick alone.
	 * @return the span; none unless set
	 */
	String jitter() default "0s";

	/**
	 * The payload of each job, as JSON.
	 * @return the text; empty for a handler that takes none
	 */
	String payload() default "";

	/**
	 * Several of them.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Several {

		/**
		 * All of them.
		 * @return one or more
		 */
		Recurring[] value();

	}

}
