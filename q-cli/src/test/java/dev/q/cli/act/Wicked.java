package dev.q.cli.act;

import dev.q.cli.Place.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text that drives a terminal.
 */
final class Wicked {

	/** In old and new form, and from right to left. */
	static final String TEXT = "red\u001b[31m \u009b31m \u202etxt";

	private Wicked() {
	}

	static void assertHarmless(Run run) {
		assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u009b", "\u202e");
	}

}
