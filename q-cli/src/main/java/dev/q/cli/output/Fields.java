package dev.q.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One thing for people: a line for each of its fields, the values below each other. For
 * use by one thread.
 *
 * @since 0.1
 */
public final class Fields {

	private static final String GAP = "  ";

	private final Map<String, List<String>> values = new LinkedHashMap<>();

	/**
	 * Adds a field, unless there is nothing to say.
	 * @param name its name
	 * @param value its value, of one line or more; null or an empty text is left out, an
	 * instant is shown to the second
	 * @return this
	 */
	public Fields with(String name, @Nullable Object value) {
		String text = (value != null) ? Lines.text(value) : "";
		if (!text.isEmpty()) {
			this.values.put(name, Lines.of(text));
		}
		return this;
	}

	/**
	 * The fields.
	 * @return their lines, in the order in which they were added
	 */
	public List<String> lines() {
		int width = this.values.keySet().stream().mapToInt(String::length).max().orElse(0);
		List<String> lines = new ArrayList<>();
		this.values.forEach((name, value) -> {
			lines.add(name + " ".repeat(width - name.length()) + GAP + value.get(0));
			value.stream().skip(1).map((more) -> " ".repeat(width) + GAP + more).forEach(lines::add);
		});
		return lines;
	}

}
