package dev.q.cli.session;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;

/**
 * What a process gives its command.
 *
 * @param in what it is fed
 * @param out where results go
 * @param err where complaints go
 * @param environment its environment
 * @param secrets asks a person for a secret, which is not shown; gives an empty one where
 * there is nobody to ask
 * @param live whether results are shown on a terminal, where a line can be written over
 * @param interrupts tells when the process is asked to end
 * @since 0.1
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment,
		Function<String, String> secrets, boolean live, Interrupts interrupts) {

	/**
	 * Copies the map.
	 */
	public Terminal {
		environment = Map.copyOf(environment);
	}

}
