package dev.q.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The files that make the schema, each a step of the layout. Tools such as Flyway can run
 * them too, in their order. A step that was released never changes; a later version of Q
 * adds steps.
 */
final class SchemaScripts {

	/** The layout that the files make, and that this version works with. */
	static final int LAYOUT = 1;

	/** Makes the tables. Where it was not run, there is nothing. */
	static final String FIRST = "V1_1__q_tables.sql";

	private static final List<String> NAMES = List.of(FIRST, "V1_2__q_insert.sql", "V1_3__q_claim.sql",
			"V1_4__q_settle.sql", "V1_5__q_upkeep.sql", "V1_6__q_control.sql", "V1_7__q_looks.sql",
			"V1_8__q_unique.sql");

	private SchemaScripts() {
	}

	/**
	 * What is to be run where some steps have been.
	 * @param present the steps that have been; others may be among them
	 * @return the names of the files that are missing, in their order
	 */
	static List<String> missing(Set<Integer> present) {
		return IntStream.rangeClosed(1, NAMES.size())
			.filter((step) -> !present.contains(step))
			.mapToObj((step) -> NAMES.get(step - 1))
			.toList();
	}

	static String read(String name) {
		try (InputStream in = SchemaScripts.class.getResourceAsStream("schema/" + name)) {
			if (in == null) {
				throw new IllegalStateException("The jar of Q lacks dev/q/store/jdbc/schema/" + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("dev/q/store/jdbc/schema/%s cannot be read".formatted(name), ex);
		}
	}

}
