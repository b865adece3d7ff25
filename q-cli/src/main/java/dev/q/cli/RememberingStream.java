package dev.q.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import dev.q.cli.output.Lines;
import org.jspecify.annotations.Nullable;

/**
 * Where results go. Writers that print to it keep silent of what goes wrong, so this
 * remembers it. Safe for use by many threads.
 */
final class RememberingStream extends FilterOutputStream {

	/** What Linux tells of the standard output. */
	private static final Path STANDARD = Path.of("/proc/self/fd/1");

	private volatile @Nullable IOException failure;

	RememberingStream(OutputStream out) {
		super(out);
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int from, int length) throws IOException {
		try {
			this.out.write(bytes, from, length);
		}
		catch (IOException ex) {
			this.failure = (this.failure != null) ? this.failure : ex;
			throw ex;
		}
	}

	/**
	 * That results are lost. A reader that has gone has seen enough, and loses nothing.
	 * @return what to complain of, or empty
	 */
	Optional<String> loss() {
		IOException first = this.failure;
		if (first == null) {
			return Optional.empty();
		}
		String reason = String.valueOf(first.getMessage());
		return isOfTheReader(reason) ? Optional.empty()
				: Optional.of(Lines.printable("The output cannot be written: " + reason));
	}

	/** Most languages have that word in it; whatever fails on a pipe is the reader. */
	private static boolean isOfTheReader(String reason) {
		return reason.toLowerCase(Locale.ROOT).contains("pipe") || target().matches("(pipe|socket):.*");
	}

	/** Empty where nothing tells it. */
	private static String target() {
		try {
			return Files.isSymbolicLink(STANDARD) ? Files.readSymbolicLink(STANDARD).toString() : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
