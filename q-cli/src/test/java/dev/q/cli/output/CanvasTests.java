package dev.q.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CanvasTests {

	private final StringWriter terminal = new StringWriter();

	private final Canvas canvas = new Canvas(new PrintWriter(this.terminal));

	@Test
	void aLineIsClearedBeforeItIsWrittenSoThatOneThatIsCutKeepsItsEnd() {
		this.canvas.draw(List.of("wide", "narrow"));

		assertThat(this.terminal.toString()).contains("\u001b[Kwide\r\n\u001b[Knarrow\r\n");
	}

	@Test
	void whatWasThereBeforeComesBackOnce() {
		this.canvas.draw(List.of("one"));
		this.canvas.draw(List.of("two"));
		this.canvas.close();
		this.canvas.close();
		this.canvas.draw(List.of("late"));

		assertThat(this.terminal.toString()).containsOnlyOnce("\u001b[?1049h")
			.endsWith("\u001b[?1049l")
			.contains("one", "two")
			.doesNotContain("late");
	}

	@Test
	void aTerminalThatWasNotTakenIsNotGivenBack() {
		this.canvas.close();

		assertThat(this.terminal.toString()).isEmpty();
	}

}
