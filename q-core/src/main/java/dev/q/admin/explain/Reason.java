package dev.q.admin.explain;

import java.util.Map;

/**
 * A reason why a job stands where it stands.
 *
 * @since 0.1
 */
public sealed interface Reason permits Waiting, Surroundings, End {

	/**
	 * What kind of reason it is, for programs. Stays the same from version to version.
	 * @return capital letters and underscores
	 */
	String code();

	/**
	 * The reason, for people. What users wrote is escaped in it.
	 * @return one sentence in one line
	 */
	String text();

	/**
	 * What shows it.
	 * @return texts, numbers, truth values and instants, by name; what is unknown is
	 * missing
	 */
	Map<String, Object> evidence();

}
