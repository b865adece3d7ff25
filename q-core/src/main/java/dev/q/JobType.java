package dev.q;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the job type of a payload class, so that it can be enqueued where its handler is
 * not known, and renamed without losing jobs.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobType {

	/**
	 * Wire name of the job type: 1 to 128 characters of {@code [A-Za-z0-9._-]}.
	 * @return the name
	 */
	String value();

}
