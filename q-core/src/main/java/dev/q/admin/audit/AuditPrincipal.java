package dev.q.admin.audit;

/**
 * Tells who acts, where the call does not say.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuditPrincipal {

	/** Nobody knows. */
	AuditPrincipal UNKNOWN = () -> "unknown";

	/**
	 * Who acts on this thread.
	 * @return a name, for people
	 */
	String name();

}
