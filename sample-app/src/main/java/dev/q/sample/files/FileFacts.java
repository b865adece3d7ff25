package dev.q.sample.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What there is to know of a file.
 *
 * @param bytes how many bytes it has
 * @param lines how many line feeds
 * @param words how many runs of bytes that are no white space of ASCII
 * @param sha256 SHA-256 of its bytes in hexadecimal digits; empty if it is unreadable
 * @param kind what it is
 * @since 0.1
 */
public record FileFacts(long bytes, long lines, long words, String sha256, FileKind kind) {

	/** Of a file that cannot be read. */
	public static final FileFacts UNREADABLE = new FileFacts(0, 0, 0, "", FileKind.UNREADABLE);

	/**
	 * Reads a file once, from its first byte to its last. A file that is gone, that is no
	 * regular file any more or that this process may not read is {@link #UNREADABLE}:
	 * trees change while they are walked, and that is no failure.
	 * @param file the file
	 * @return the facts
	 * @throws IOException if the reading fails for any other reason, such as a network
	 * that is down: that may be better next time
	 */
	public static FileFacts of(Path file) throws IOException {
		// Before it is opened: the opening of a pipe would wait for a writer.
		if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return UNREADABLE;
		}
		try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
			return new FactsReader().read(in);
		}
		catch (NoSuchFileException | AccessDeniedException ex) {
			return UNREADABLE;
		}
	}

}
