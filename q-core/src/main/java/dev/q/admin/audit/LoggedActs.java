package dev.q.admin.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each act, by a logger of its own.
 *
 * @since 0.1
 */
public final class LoggedActs implements AuditListener {

	/** Name of the logger, whose level is INFO: {@value}. */
	public static final String LOGGER = "dev.q.audit";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	@Override
	public void onAct(AuditEvent event) {
		if (logger.isInfoEnabled()) {
			logger.info("{}", event.text());
		}
	}

}
