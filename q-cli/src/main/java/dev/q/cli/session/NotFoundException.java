package dev.q.cli.session;

import dev.q.job.QException;

/**
 * What a command was to look at or to change is not there.
 *
 * @since 0.1
 */
public final class NotFoundException extends QException {

	/**
	 * Reports it.
	 * @param message what is not there, by its name
	 */
	public NotFoundException(String message) {
		super(message);
	}

	/**
	 * Reports a schedule.
	 * @param name its name, as it was asked for
	 * @return the exception
	 */
	public static NotFoundException ofSchedule(String name) {
		return new NotFoundException("There is no schedule '%s'".formatted(name));
	}

}
