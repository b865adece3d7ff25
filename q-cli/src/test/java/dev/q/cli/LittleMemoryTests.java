package dev.q.cli;

import java.io.InputStream;
import java.util.Map;

import dev.q.cli.Place.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said when the memory does not suffice.
 */
class LittleMemoryTests {

	@Test
	void oneLineSaysWhatToDo() {
		InputStream in = new InputStream() {
			@Override
			public int read() {
				throw new OutOfMemoryError("Java heap space");
			}

			@Override
			public int read(byte[] bytes, int from, int length) {
				return read();
			}
		};

		Run run = Place.run(Map.of("Q_STORE", "redis"), in, "retry", "-", "--yes");

		assertThat(run.err().lines()).singleElement()
			.asString()
			.startsWith("q: ")
			.contains("Java heap space", "--limit", "JAVA_TOOL_OPTIONS=-Xmx");
		assertThat(run.out()).isEmpty();
		assertThat(run.code()).isOne();
	}

}
