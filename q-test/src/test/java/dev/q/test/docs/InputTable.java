package dev.q.test.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables in {@code docs/input.md}: for each parameter what becomes of bad values, and
 * which tests show it.
 *
 * @param rows all rows but the heads
 */
record InputTable(List<Row> rows) {

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	/**
	 * Reads the tables of a page.
	 */
	static InputTable of(String page) {
		List<String> lines = page.lines().toList();
		return new InputTable(IntStream.range(0, lines.size())
			.filter((i) -> lines.get(i).startsWith("|"))
			.filter((i) -> !lines.get(i).startsWith("| ---") && !lines.get(i).startsWith("| parameter"))
			.mapToObj((i) -> Row.of(i + 1, lines.get(i)))
			.toList());
	}

	/** All that is named in the first cells. */
	Set<String> parameters() {
		return this.rows.stream()
			.flatMap((row) -> NAME.matcher(row.cells().get(0)).results())
			.map((MatchResult match) -> match.group(1))
			.collect(Collectors.toSet());
	}

	/**
	 * What is wrong with them.
	 */
	List<String> faults(TestSources sources) {
		List<String> faults = new ArrayList<>();
		this.rows.stream().flatMap((row) -> row.faults(sources)).forEach(faults::add);
		return faults;
	}

	/**
	 * A row.
	 *
	 * @param line where it is in the page
	 * @param cells parameter, the four kinds of bad values, tests
	 */
	record Row(int line, List<String> cells) {

		private static final int WIDTH = 6;

		static Row of(int line, String text) {
			List<String> pieces = Stream.of(text.split("\\|", -1)).map(String::strip).toList();
			return new Row(line, pieces.subList(1, pieces.size() - 1));
		}

		Stream<String> faults(TestSources sources) {
			if (this.cells.size() != WIDTH || this.cells.contains("")) {
				return fault("it must have %d cells, none of them empty".formatted(WIDTH));
			}
			NamedTests tests = new NamedTests(this.cells.get(WIDTH - 1));
			return tests.isWellFormed() ? tests.faults(sources).flatMap(this::fault)
					: fault("it must name tests, as `Class#method` or `Class`");
		}

		private Stream<String> fault(String what) {
			return Stream.of("Row \"%s\" in line %d: %s".formatted(this.cells.get(0), this.line, what));
		}

	}

}
