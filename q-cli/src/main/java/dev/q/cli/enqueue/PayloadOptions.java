package dev.q.cli.enqueue;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

import dev.q.job.Names;
import dev.q.job.Payload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What the handler is given.
 */
final class PayloadOptions {

	private static final String STANDARD_INPUT = "-";

	private static final String FILE = "@";

	@Option(names = "--payload", paramLabel = "JSON|@FILE|-",
			description = "What the handler is given: JSON, the content of a file, or the standard input. None unless given.")
	private @Nullable String payload;

	@Option(names = "--bytes", description = "The payload is no JSON: store its bytes as they are.")
	private boolean bytes;

	@Option(names = "--lines",
			description = "Each line of the file, or of the standard input, is a JSON payload: enqueue a job for each.")
	private boolean lines;

	boolean isLines() {
		if (this.lines && (this.bytes || this.payload == null || !isRead(this.payload))) {
			throw new IllegalArgumentException(
					"--lines takes JSON from --payload @FILE or from --payload -, and goes without --bytes");
		}
		return this.lines;
	}

	private static boolean isRead(String payload) {
		return payload.equals(STANDARD_INPUT) || payload.startsWith(FILE);
	}

	/** The one payload, or null for none. */
	@Nullable Payload payload(InputStream standardInput) {
		if (this.payload == null) {
			if (this.bytes) {
				throw new IllegalArgumentException("--bytes needs a payload. Give --payload too, or leave it out");
			}
			return null;
		}
		byte[] content = read(standardInput, Input::whole);
		return this.bytes ? Payload.octets(content) : json(content);
	}

	private static Payload json(byte[] content) {
		try {
			return JsonPayload.of(content);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"--payload: %s. A text of JSON has quotes of its own, such as --payload '\"text\"'; what is no JSON is enqueued with --bytes"
						.formatted(ex.getMessage()),
					ex);
		}
	}

	<T> T read(InputStream standardInput, Function<Input, T> reader) {
		String source = (this.payload != null) ? this.payload : "";
		if (source.equals(STANDARD_INPUT)) {
			return reader.apply(new Input(standardInput));
		}
		try (InputStream in = source.startsWith(FILE) ? open(source.substring(FILE.length()))
				: new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))) {
			return reader.apply(new Input(in));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("--payload %s cannot be closed".formatted(Names.quoted(source)), ex);
		}
	}

	private static InputStream open(String name) {
		try {
			Path file = Path.of(name);
			if (!Files.isDirectory(file)) {
				// Of a pipe too it tells whether something is there.
				return new FileInputStream(file.toFile());
			}
		}
		catch (IOException | InvalidPathException ex) {
			throw notReadable(name, ex);
		}
		throw notReadable(name, null);
	}

	private static IllegalArgumentException notReadable(String name, @Nullable Exception cause) {
		return new IllegalArgumentException(
				"--payload must name a file that can be read after the '@', but there is none at " + Names.quoted(name),
				cause);
	}

}
