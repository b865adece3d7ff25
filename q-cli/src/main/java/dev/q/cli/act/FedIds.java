package dev.q.cli.act;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Ids of jobs from another program.
 */
final class FedIds {

	private static final int MOST = 100_000;

	/** More than an id with blanks around it has. */
	private static final int LONGEST = 256;

	private FedIds() {
	}

	/**
	 * Reads ids, one a line. Empty lines do not matter.
	 * @throws IllegalArgumentException if there is none, one that is no id, or too many
	 */
	static List<JobId> read(InputStream in) {
		List<JobId> ids = new ArrayList<>();
		try {
			// Not closed: it is the input of the process.
			BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
			int number = 0;
			for (String line = next(reader, 1); line != null; line = next(reader, number + 1)) {
				number++;
				if (!line.isBlank()) {
					ids.add(id(line.strip(), number));
				}
				if (ids.size() > MOST) {
					throw new IllegalArgumentException(
							"The standard input has more than %d ids. Do it in parts, or by a filter".formatted(MOST));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The standard input cannot be read: " + ex.getMessage(), ex);
		}
		if (ids.isEmpty()) {
			throw new IllegalArgumentException("'-' reads ids from the standard input, one a line, but there was none");
		}
		return ids;
	}

	/** Holds no more of a line than an id could be. */
	private static @Nullable String next(BufferedReader reader, int number) throws IOException {
		StringBuilder line = new StringBuilder();
		int next = reader.read();
		if (next < 0) {
			return null;
		}
		while (next >= 0 && next != '\n') {
			line.append((char) next);
			if (line.length() > LONGEST) {
				throw new IllegalArgumentException(
						"Line %d of the standard input has more than %d characters, but an id has 36. Nothing was changed"
							.formatted(number, LONGEST));
			}
			next = reader.read();
		}
		return line.toString();
	}

	private static JobId id(String text, int line) {
		try {
			return JobId.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Line %d of the standard input: %s. Nothing was changed".formatted(line, ex.getMessage()), ex);
		}
	}

}
