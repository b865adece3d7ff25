package dev.q.cli.complete;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionCommandTests {

	@Test
	void bashUnderstandsTheScriptAndCompletesACommandAndAnOption() throws Exception {
		Run run = run("completion");

		assertThat(run.code()).isZero();
		assertThat(bash(run.out() + """
				compopt() { :; }
				COMP_WORDS=(q migr) COMP_CWORD=1
				_complete_q
				echo "${COMPREPLY[@]}"
				COMP_WORDS=(q migrate --dr) COMP_CWORD=2
				_complete_q
				echo "${COMPREPLY[@]}"
				""")).isEqualTo("migrate\n--dry-run\n");
	}

	@Test
	void theScriptServesAnAlias() {
		assertThat(run("completion", "--name", "jobs").out()).contains("_complete_jobs");
		assertThat(run("completion", "--json").json().path("script").stringValue()).startsWith("#!");
	}

	@Test
	void aNameThatWouldBreakTheScriptIsRefused() {
		Run run = run("completion", "--name", "x; rm");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().lines()).singleElement().asString().contains("--name", "'x; rm'");
	}

	private static Run run(String... args) {
		return Place.run(Map.of(), new ByteArrayInputStream(new byte[0]), args);
	}

	private static String bash(String script) throws IOException, InterruptedException {
		Process bash = new ProcessBuilder("bash", "--norc").redirectErrorStream(true).start();
		try (var in = bash.outputWriter(StandardCharsets.UTF_8)) {
			in.write(script);
		}
		String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(bash.waitFor()).as(said).isZero();
		return said;
	}

}
