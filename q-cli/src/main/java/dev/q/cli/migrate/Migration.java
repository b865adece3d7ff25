package dev.q.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.q.admin.view.JsonMap;
import dev.q.cli.output.Lines;
import dev.q.cli.store.Layout;
import org.jspecify.annotations.Nullable;

/**
 * What was done for one store, or would be.
 *
 * @param layout which store
 * @param verb what was done to the steps
 * @param steps the steps
 * @param sql the steps to be run by somebody else, or null if that was not asked for
 */
record Migration(Layout layout, String verb, List<String> steps, @Nullable String sql) {

	static Migration printed(Layout layout, List<String> steps) {
		return new Migration(layout, "here are", steps, steps.isEmpty() ? "" : layout.sql(steps));
	}

	Map<String, Object> json() {
		return new JsonMap().with("store", this.layout.key())
			.with("place", this.layout.place())
			.with("steps", this.steps)
			.with("sql", this.sql)
			.map();
	}

	List<String> text() {
		String line = "%s, %s: %s".formatted(this.layout.key(), this.layout.place(), outcome());
		if (this.sql == null) {
			return List.of(line);
		}
		List<String> lines = new ArrayList<>(List.of("-- " + line));
		lines.addAll(this.sql.isEmpty() ? List.of() : Lines.of(this.sql));
		return lines;
	}

	private String outcome() {
		if (this.layout.steps().isEmpty()) {
			return "there is nothing to migrate";
		}
		return this.steps.isEmpty() ? "nothing is missing" : this.verb + " " + String.join(", ", this.steps);
	}

}
