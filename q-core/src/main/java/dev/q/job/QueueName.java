package dev.q.job;

/**
 * Name of a queue: 1 to 128 characters of {@code [A-Za-z0-9._-]}. A queue comes into
 * being with its first job.
 *
 * @param value the name as users write it
 * @since 0.1
 */
public record QueueName(String value) implements Comparable<QueueName> {

	/** Where jobs go whose type and caller name no queue. */
	public static final QueueName DEFAULT = new QueueName("default");

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if the name breaks the rule above
	 */
	public QueueName {
		Names.require("A queue name", value);
	}

	@Override
	public int compareTo(QueueName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
