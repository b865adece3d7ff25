package dev.q.admin.audit;

/**
 * Is told of each act. A failure of a listener is logged, and harms neither the act nor
 * other listeners.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuditListener {

	/**
	 * Somebody has done something.
	 * @param event what; told on the thread of whoever did it, who waits
	 */
	void onAct(AuditEvent event);

}
