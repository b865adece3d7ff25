package dev.q.job;

/**
 * Wire name of a job type, such as {@code welcome-email}: what is stored with a job so
 * that a worker finds the handler. Never the name of a class or method, so that a rename
 * in code loses no job.
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9._-]}
 * @since 0.1
 */
public record TypeName(String value) implements Comparable<TypeName> {

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if the name breaks the rule above
	 */
	public TypeName {
		Names.require("A job type", value);
	}

	@Override
	public int compareTo(TypeName other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
