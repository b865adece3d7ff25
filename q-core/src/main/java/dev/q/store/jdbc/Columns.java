package dev.q.store.jdbc;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns items into columns: one list for each part that they have.
 */
final class Columns {

	private Columns() {
	}

	static <S, T> List<@Nullable T> of(List<S> items, Part<S, T> part) {
		List<@Nullable T> column = new ArrayList<>(items.size());
		for (S item : items) {
			column.add(part.of(item));
		}
		return column;
	}

	/**
	 * A part of an item, which not all items have.
	 *
	 * @param <S> what has it
	 * @param <T> what it is
	 */
	@FunctionalInterface
	interface Part<S, T> {

		@Nullable T of(S item);

	}

}
