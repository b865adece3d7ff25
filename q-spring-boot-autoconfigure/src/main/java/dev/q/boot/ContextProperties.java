package dev.q.boot;

import java.util.List;

import dev.q.context.MdcHeaders;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What jobs take along from the threads that enqueue them.
 *
 * @param mdc keys of the MDC that travel as headers and are there again while handlers
 * run; 16 at most. Name them for the processes that enqueue and for those that work
 * @since 0.1
 */
public record ContextProperties(@DefaultValue List<String> mdc) {

	/**
	 * Checks and copies the keys.
	 * @throws InvalidQPropertyException if one cannot travel
	 */
	public ContextProperties {
		mdc = List.copyOf(mdc);
		try {
			new MdcHeaders(mdc);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidQPropertyException("q.context.mdc", mdc, String.valueOf(ex.getMessage()));
		}
	}

}
