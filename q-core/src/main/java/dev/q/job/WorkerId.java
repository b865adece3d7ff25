package dev.q.job;

/**
 * One incarnation of a worker. A node that restarts is a new incarnation, so it never
 * adopts the leases of its predecessor, even under the same host name.
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9._-]}, unique for each start
 * @since 0.1
 */
public record WorkerId(String value) {

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if the name breaks the rule above
	 */
	public WorkerId {
		Names.require("A worker id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
