package dev.q.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files that make the schema. Tools such as Flyway can run them too, in their order.
 */
final class SchemaScripts {

	/** The layout that the files make, and that this version works with. */
	static final int LAYOUT = 1;

	private static final List<String> NAMES = List.of("V1_1__q_tables.sql", "V1_2__q_insert.sql", "V1_3__q_claim.sql",
			"V1_4__q_settle.sql", "V1_5__q_upkeep.sql", "V1_6__q_control.sql", "V1_7__q_looks.sql",
			"V1_8__q_unique.sql");

	private SchemaScripts() {
	}

	static List<String> all() {
		return NAMES.stream().map(SchemaScripts::read).toList();
	}

	private static String read(String name) {
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
