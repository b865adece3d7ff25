package dev.q.client;

import java.util.function.Function;

import dev.q.JobOption;
import dev.q.job.TypeName;

/**
 * Two points of which a job cannot have both.
 *
 * @param consequence what would become of the job
 * @param one a point
 * @param other what it excludes
 * @param remedy what can be done
 */
record Clash(String consequence, Point one, Point other, String remedy) {

	/**
	 * Complains.
	 * @param type the job
	 * @param origin who said it, by the point
	 * @return the complaint, with both values and who said them
	 */
	IllegalArgumentException refused(TypeName type, Function<JobOption<?>, String> origin) {
		return new IllegalArgumentException("A job of type %s %s: it has %s (from %s) and %s (from %s). %s".formatted(
				type, this.consequence, this.one.value, origin.apply(this.one.option), this.other.value,
				origin.apply(this.other.option), this.remedy));
	}

	/**
	 * Something that was said of a job.
	 *
	 * @param option the point
	 * @param value what was said, for people
	 */
	record Point(JobOption<?> option, String value) {
	}

}
