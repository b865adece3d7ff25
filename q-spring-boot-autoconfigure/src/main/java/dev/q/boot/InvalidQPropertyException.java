package dev.q.boot;

import dev.q.job.Names;
import dev.q.job.QException;

/**
 * A property has a value that cannot be used.
 *
 * @since 0.1
 */
public class InvalidQPropertyException extends QException {

	private static final int MOST_SHOWN = 256;

	private final String problem;

	private final String remedy;

	/**
	 * Reports a property.
	 * @param property its whole name
	 * @param value what it is
	 * @param remedy what would be right
	 */
	public InvalidQPropertyException(String property, Object value, String remedy) {
		this("Property %s is %s, which Q cannot use".formatted(Names.printable(property, MOST_SHOWN),
				Names.quoted(value.toString())), remedy);
	}

	private InvalidQPropertyException(String problem, String remedy) {
		super("%s. %s".formatted(problem, remedy));
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * What is wrong.
	 * @return a sentence that names the property and its value
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * What would be right.
	 * @return a sentence or two
	 */
	public String remedy() {
		return this.remedy;
	}

}
