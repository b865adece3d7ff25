package dev.q.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberingStreamTests {

	@Test
	void whatIsWrittenArrivesAndIsNoLoss() {
		ByteArrayOutputStream target = new ByteArrayOutputStream();
		RememberingStream stream = new RememberingStream(target);

		print(stream, "a line");

		assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("a line");
		assertThat(stream.loss()).isEmpty();
	}

	@Test
	void aReaderThatHasGoneLosesNothing() {
		RememberingStream stream = new RememberingStream(failing("Broken pipe"));

		print(stream, "a line");

		assertThat(stream.loss()).isEmpty();
	}

	/** A single byte too, which a stream writes in another way. */
	@Test
	void aByteIsWrittenOnce() throws IOException {
		ByteArrayOutputStream target = new ByteArrayOutputStream();

		new RememberingStream(target).write('q');

		assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("q");
	}

	private static void print(RememberingStream stream, String text) {
		PrintWriter writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
		writer.print(text);
		writer.flush();
	}

	private static OutputStream failing(String reason) {
		return new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				throw new IOException(reason);
			}

		};
	}

}
