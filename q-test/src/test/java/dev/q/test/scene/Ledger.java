package dev.q.test.scene;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.JobId;

/**
 * A file to which a process adds a line for each thing that it does, in one write each,
 * so that what it did is known even if it is killed the moment after.
 */
final class Ledger {

	/** The process is ready. */
	static final String READY = "ready";

	/** A handler began. */
	static final String START = "start";

	/** A handler was interrupted. The detail is whether its lease was lost. */
	static final String TOLD = "told";

	/** A handler came to its end. */
	static final String END = "end";

	/** The store answered to a settlement. The detail is the answer. */
	static final String SETTLED = "settled";

	private static final String NOBODY = "-";

	private final Path file;

	Ledger(Path file) {
		this.file = file;
	}

	void note(String what) {
		write(what + ' ' + NOBODY + ' ' + NOBODY);
	}

	void note(String what, JobId job, Object detail) {
		write(what + ' ' + job + ' ' + detail);
	}

	private void write(String line) {
		// Not by a channel: an interrupt would close it, and the line would be missing.
		try (OutputStream out = new FileOutputStream(this.file.toFile(), true)) {
			out.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Nothing can be noted in " + this.file, ex);
		}
	}

	/**
	 * The jobs to which something happened, once for each time, in that order.
	 */
	List<JobId> jobs(String what) {
		return entries(what).map((words) -> JobId.of(words[1])).toList();
	}

	/**
	 * What was noted beside the jobs.
	 */
	List<String> details(String what) {
		return entries(what).map((words) -> words[2]).toList();
	}

	long count(String what) {
		return entries(what).count();
	}

	private Stream<String[]> entries(String what) {
		if (!Files.exists(this.file)) {
			return Stream.empty();
		}
		try {
			// What follows the last end of a line is not a line yet.
			String text = Files.readString(this.file, StandardCharsets.US_ASCII);
			return Arrays.stream(text.substring(0, text.lastIndexOf('\n') + 1).split("\n"))
				.map((line) -> line.split(" "))
				.filter((words) -> words[0].equals(what));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.file + " cannot be read", ex);
		}
	}

}
