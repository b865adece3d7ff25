package dev.q.cli.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A table for people: each column as wide as its widest cell, numbers to the right. For
 * use by one thread.
 *
 * @since 0.1
 */
public final class Table {

	private static final String GAP = "  ";

	private final List<String> titles;

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Makes an empty table.
	 * @param titles of the columns
	 */
	public Table(String... titles) {
		this.titles = List.of(titles);
	}

	/**
	 * Adds a row.
	 * @param cells one for each column; null is shown as {@code -}, an instant to the
	 * second
	 * @return this
	 */
	public Table row(@Nullable Object... cells) {
		List<String> row = new ArrayList<>();
		for (@Nullable
		Object cell : cells) {
			row.add((cell != null) ? Lines.printable(Lines.text(cell)) : "-");
		}
		if (row.size() != this.titles.size()) {
			throw new IllegalArgumentException("%d cells for %d columns".formatted(row.size(), this.titles.size()));
		}
		this.rows.add(Collections.unmodifiableList(row));
		return this;
	}

	/**
	 * The table.
	 * @return its lines, the titles first
	 */
	public List<String> lines() {
		List<List<String>> all = new ArrayList<>();
		all.add(this.titles);
		all.addAll(this.rows);
		int[] widths = IntStream.range(0, this.titles.size())
			.map((column) -> all.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		return all.stream().map((row) -> line(row, widths)).toList();
	}

	private String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < widths.length; column++) {
			String blanks = " ".repeat(widths[column] - row.get(column).length());
			line.append((column > 0) ? GAP : "")
				.append(isNumeric(column) ? blanks + row.get(column) : row.get(column) + blanks);
		}
		return line.toString().stripTrailing();
	}

	private boolean isNumeric(int column) {
		return !this.rows.isEmpty()
				&& this.rows.stream().allMatch((row) -> row.get(column).matches("-|-?[0-9][0-9.,]*( ?[a-zµ%/]+)?"));
	}

}
