package dev.q.store.jdbc.call;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns items into columns: one list for each part that they have.
 *
 * @since 0.1
 */
public final class Columns {

	private Columns() {
	}

	/**
	 * Makes one column.
	 * @param <S> what an item is
	 * @param <T> what its part is
	 * @param items the items
	 * @param part which part of them
	 * @return the parts, in the order of the items
	 */
	public static <S, T> List<@Nullable T> of(List<S> items, Part<S, T> part) {
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
	public interface Part<S, T> {

		/**
		 * Takes the part of one item.
		 * @param item the item
		 * @return its part, or null
		 */
		@Nullable T of(S item);

	}

}
