package dev.q.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/metrics.md}.
 */
class MetricsPageTests {

	private static final Path PAGE = Path.of("../docs/metrics.md");

	/** Writes the page when asked to, so that nobody has to copy it. */
	@Test
	void thePageSaysWhatTheEnumSays() throws IOException {
		String text = MetricsPage.text();
		if (Boolean.getBoolean("q.write-pages")) {
			Files.writeString(PAGE, text);
		}

		assertThat(Files.readString(PAGE))
			.as("Write it anew: mvn test -pl q-core -Dtest=MetricsPageTests -Dq.write-pages=true")
			.isEqualTo(text);
	}

	@Test
	void everyNameBeginsWithQAndIsThereOnce() {
		assertThat(Arrays.stream(QMeters.values()).map(QMeters::getName)).doesNotHaveDuplicates()
			.allMatch((name) -> name.matches("q(\\.[a-z0-9]+)+"));
	}

}
