package dev.q.store.jdbc.call;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a function of the server, in order. An array of which all elements are
 * null, as options mostly are, is sent as no array at all; functions take it for the
 * same.
 *
 * @since 0.1
 */
public final class Args {

	private final List<Binding> bindings = new ArrayList<>();

	/**
	 * Adds a value of any kind.
	 * @param value the value, or null
	 * @param type its type, of {@link Types}
	 * @return this
	 */
	public Args add(@Nullable Object value, int type) {
		return add((connection, statement, place) -> {
			if (value != null) {
				statement.setObject(place, value, type);
			}
			else {
				statement.setNull(place, type);
			}
		});
	}

	/**
	 * Adds a text.
	 * @param value the text, or null
	 * @return this
	 */
	public Args text(@Nullable String value) {
		return add(value, Types.VARCHAR);
	}

	/**
	 * Adds a {@code bigint}.
	 * @param value the number, or null
	 * @return this
	 */
	public Args number(@Nullable Long value) {
		return add(value, Types.BIGINT);
	}

	/**
	 * Adds an {@code integer}.
	 * @param value the number
	 * @return this
	 */
	public Args number(int value) {
		return add(value, Types.INTEGER);
	}

	/**
	 * Adds a {@code smallint}.
	 * @param value the number, or null
	 * @return this
	 */
	public Args small(@Nullable Short value) {
		return add(value, Types.SMALLINT);
	}

	/**
	 * Adds a {@code smallint}.
	 * @param value the number
	 * @return this
	 */
	public Args small(int value) {
		return add((short) value, Types.SMALLINT);
	}

	/**
	 * Adds a yes or no.
	 * @param value which of them
	 * @return this
	 */
	public Args flag(boolean value) {
		return add(value, Types.BOOLEAN);
	}

	/**
	 * Adds bytes.
	 * @param value the bytes, or null
	 * @return this
	 */
	public Args bytes(byte @Nullable [] value) {
		return add((connection, statement, place) -> statement.setBytes(place, value));
	}

	/**
	 * Adds an id.
	 * @param value the id, or null
	 * @return this
	 */
	public Args id(@Nullable UUID value) {
		return add(value, Types.OTHER);
	}

	/**
	 * Adds an array of ids.
	 * @param values the ids, some of them null
	 * @return this
	 */
	public Args ids(Collection<? extends @Nullable JobId> values) {
		return array("uuid", elements(values, JobId::value));
	}

	/**
	 * Adds an array of texts.
	 * @param values what writes itself as a text, some of it null
	 * @return this
	 */
	public Args texts(Collection<? extends @Nullable Object> values) {
		return array("text", elements(values, Object::toString));
	}

	/**
	 * Adds an array of {@code bigint}.
	 * @param values the numbers, some of them null
	 * @return this
	 */
	public Args numbers(Collection<? extends @Nullable Long> values) {
		return array("int8", values.toArray());
	}

	/**
	 * Adds an array of {@code integer}.
	 * @param values the numbers, some of them null
	 * @return this
	 */
	public Args ints(Collection<? extends @Nullable Integer> values) {
		return array("int4", values.toArray());
	}

	/**
	 * Adds an array of {@code integer} that is sent even if all elements are null.
	 * @param values the numbers, some of them null
	 * @return this
	 */
	public Args allInts(Collection<? extends @Nullable Integer> values) {
		return whole("int4", values.toArray());
	}

	/**
	 * Adds an array of {@code smallint}.
	 * @param values the numbers, some of them null
	 * @return this
	 */
	public Args smalls(Collection<? extends @Nullable Short> values) {
		return array("int2", values.toArray());
	}

	/**
	 * Adds an array of bytes.
	 * @param values the bytes, some of them null
	 * @return this
	 */
	public Args blobs(Collection<? extends byte @Nullable []> values) {
		return array("bytea", values.toArray(byte[][]::new));
	}

	/**
	 * Adds an array that is not there.
	 * @return this
	 */
	public Args none() {
		return add((connection, statement, place) -> statement.setNull(place, Types.ARRAY));
	}

	private Args array(String type, @Nullable Object[] elements) {
		return isSent(elements) ? whole(type, elements) : none();
	}

	// Loops: streams would cost a call with one job a tenth of its garbage.
	private static boolean isSent(@Nullable Object[] elements) {
		for (Object element : elements) {
			if (element != null) {
				return true;
			}
		}
		return elements.length == 0;
	}

	private static <T> @Nullable Object[] elements(Collection<? extends @Nullable T> values,
			Function<T, Object> element) {
		@Nullable Object[] elements = new Object[values.size()];
		int next = 0;
		for (T value : values) {
			elements[next++] = (value != null) ? element.apply(value) : null;
		}
		return elements;
	}

	private Args whole(String type, @Nullable Object[] elements) {
		return add((connection, statement, place) -> set(connection.createArrayOf(type, elements), statement, place));
	}

	private static void set(Array array, PreparedStatement statement, int place) throws SQLException {
		statement.setArray(place, array);
	}

	private Args add(Binding binding) {
		this.bindings.add(binding);
		return this;
	}

	/**
	 * How many there are so far.
	 * @return their number
	 */
	public int size() {
		return this.bindings.size();
	}

	void bind(Connection connection, PreparedStatement statement) throws SQLException {
		for (int i = 0; i < this.bindings.size(); i++) {
			this.bindings.get(i).bind(connection, statement, i + 1);
		}
	}

	/**
	 * Sets one argument.
	 */
	@FunctionalInterface
	private interface Binding {

		void bind(Connection connection, PreparedStatement statement, int place) throws SQLException;

	}

}
