package dev.q.admin.audit;

/**
 * A failure that came when something was done already.
 *
 * @since 0.1
 */
public interface CountedFailure {

	/**
	 * How much was done.
	 * @return zero or more
	 */
	long count();

}
