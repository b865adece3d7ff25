package dev.q.test.docs;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cell that names tests.
 *
 * @param cell what is written there
 */
record NamedTests(String cell) {

	private static final Pattern TEST = Pattern.compile("`(\\w+(#\\w+)?)`");

	private static final Pattern TESTS = Pattern.compile("%1$s(, %1$s)*".formatted(TEST));

	/** Whether it names tests and nothing else. */
	boolean isWellFormed() {
		return TESTS.matcher(this.cell).matches();
	}

	/**
	 * What is wrong with the tests.
	 */
	Stream<String> faults(TestSources sources) {
		return TEST.matcher(this.cell)
			.results()
			.map((MatchResult match) -> match.group(1))
			.flatMap((test) -> sources.objectionTo(test)
				.stream()
				.map((reason) -> "%s does not show it: %s".formatted(test, reason)));
	}

}
