package dev.q.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md}.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	/** Writes the page when asked to, so that nobody has to copy it. */
	@Test
	void thePageSaysWhatTheMetadataSays() throws IOException {
		String text = ConfigurationPage.text();
		if (Boolean.getBoolean("q.write-pages")) {
			Files.writeString(PAGE, text);
		}

		assertThat(Files.readString(PAGE))
			.as("Write it anew: mvn test -pl q-spring-boot-autoconfigure -am -Dtest=ConfigurationPageTests -Dq.write-pages=true -Dsurefire.failIfNoSpecifiedTests=false")
			.isEqualTo(text);
	}

	@Test
	void thePartsOfMapsAreDescribedToo() {
		assertThat(ConfigurationPage.text()).contains("| `q.queues.<name>.max-length` |  | how many jobs may wait |")
			.contains("| `q.worker.groups.<name>.order` | `strict` | in which order")
			.contains("| `q.store` | `memory` | where jobs are kept: `memory`, `redis`, `postgres` |");
	}

}
