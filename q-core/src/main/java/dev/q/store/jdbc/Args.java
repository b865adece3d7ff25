package dev.q.store.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a function of the server, in order. An array of which all elements are
 * null, as options mostly are, is sent as no array at all; functions take it for the
 * same.
 */
final class Args {

	private final List<Binding> bindings = new ArrayList<>();

	Args add(@Nullable Object value, int type) {
		return add((connection, statement, place) -> {
			if (value != null) {
				statement.setObject(place, value, type);
			}
			else {
				statement.setNull(place, type);
			}
		});
	}

	Args text(@Nullable String value) {
		return add(value, Types.VARCHAR);
	}

	Args number(@Nullable Long value) {
		return add(value, Types.BIGINT);
	}

	Args number(int value) {
		return add(value, Types.INTEGER);
	}

	Args small(int value) {
		return add((short) value, Types.SMALLINT);
	}

	Args flag(boolean value) {
		return add(value, Types.BOOLEAN);
	}

	Args bytes(byte @Nullable [] value) {
		return add((connection, statement, place) -> statement.setBytes(place, value));
	}

	Args id(@Nullable UUID value) {
		return add(value, Types.OTHER);
	}

	Args ids(Collection<? extends @Nullable JobId> values) {
		return array("uuid", values.stream().map((id) -> (id != null) ? id.value() : null).toArray());
	}

	Args texts(Collection<? extends @Nullable Object> values) {
		return array("text", values.stream().map((value) -> (value != null) ? value.toString() : null).toArray());
	}

	Args numbers(Collection<? extends @Nullable Long> values) {
		return array("int8", values.toArray());
	}

	Args ints(Collection<? extends @Nullable Integer> values) {
		return array("int4", values.toArray());
	}

	/** Sent even if all elements are null. */
	Args allInts(Collection<? extends @Nullable Integer> values) {
		return whole("int4", values.toArray());
	}

	Args smalls(Collection<? extends @Nullable Short> values) {
		return array("int2", values.toArray());
	}

	Args blobs(Collection<? extends byte @Nullable []> values) {
		return array("bytea", values.toArray(byte[][]::new));
	}

	/** An array that is not there. */
	Args none() {
		return add((connection, statement, place) -> statement.setNull(place, Types.ARRAY));
	}

	private Args array(String type, @Nullable Object[] elements) {
		boolean isSent = elements.length == 0 || Arrays.stream(elements).anyMatch(Objects::nonNull);
		return isSent ? whole(type, elements) : none();
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

	int size() {
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
