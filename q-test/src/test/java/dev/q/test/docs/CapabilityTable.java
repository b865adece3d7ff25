package dev.q.test.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The table in {@code docs/capabilities.md}.
 *
 * @param rows all rows but the head
 */
record CapabilityTable(List<Row> rows) {

	private static final int ITEMS = 46;

	/**
	 * Reads the table of a page.
	 */
	static CapabilityTable of(String page) {
		List<String> lines = page.lines().toList();
		return new CapabilityTable(IntStream.range(0, lines.size())
			.filter((i) -> lines.get(i).startsWith("|"))
			.skip(2)
			.mapToObj((i) -> Row.of(i + 1, lines.get(i)))
			.toList());
	}

	/**
	 * What is wrong with it.
	 */
	List<String> faults(TestSources sources) {
		Set<String> numbers = this.rows.stream().flatMap(Row::numbers).collect(Collectors.toSet());
		List<String> missing = IntStream.rangeClosed(1, ITEMS)
			.mapToObj(Integer::toString)
			.filter((number) -> !numbers.contains(number))
			.toList();
		List<String> faults = new ArrayList<>();
		if (!missing.isEmpty()) {
			faults.add("No row has the numbers %s in its first cell".formatted(missing));
		}
		this.rows.stream().flatMap((row) -> row.faults(sources)).forEach(faults::add);
		return faults;
	}

	/**
	 * A row.
	 *
	 * @param line where it is in the page
	 * @param cells number, capability, origin, how to write it, tests, stores
	 */
	record Row(int line, List<String> cells) {

		private static final int WIDTH = 6;

		private static final Pattern NUMBERS = Pattern.compile("-|%1$s(, %1$s)*".formatted("([1-9]|[1-3]\\d|4[0-6])"));

		private static final Pattern REASON = Pattern.compile("not (taken over|yet): \\S.*");

		static Row of(int line, String text) {
			List<String> pieces = Stream.of(text.split("\\|", -1)).map(String::strip).toList();
			return new Row(line, pieces.subList(1, pieces.size() - 1));
		}

		Stream<String> numbers() {
			return Stream.of(this.cells.get(0).split(", ", -1));
		}

		Stream<String> faults(TestSources sources) {
			if (this.cells.size() != WIDTH || this.cells.contains("")) {
				return fault("it must have %d cells, none of them empty".formatted(WIDTH));
			}
			if (!NUMBERS.matcher(this.cells.get(0)).matches()) {
				return fault("its first cell must have numbers from 1 to %d, or -".formatted(ITEMS));
			}
			NamedTests tests = new NamedTests(this.cells.get(4));
			if (REASON.matcher(tests.cell()).matches()) {
				return Stream.of();
			}
			if (!tests.isWellFormed()) {
				return fault("it must name tests, as `Class#method` or `Class`, or say `not taken over:` or `not yet:`"
						+ " and why");
			}
			return tests.faults(sources).flatMap(this::fault);
		}

		private Stream<String> fault(String what) {
			return Stream.of("Row \"%s\" in line %d: %s".formatted(this.cells.get(Math.min(1, this.cells.size() - 1)),
					this.line, what));
		}

	}

}
