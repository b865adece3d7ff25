package dev.q.test.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * How the server ran one statement, as {@code auto_explain} tells it.
 *
 * @param function where the statement stands
 * @param statement the statement
 * @param root the upper end of its plan
 * @param isCompiled whether the plan was compiled to machine code first
 */
record Plan(String function, String statement, JsonNode root, boolean isCompiled) {

	/** Tables that may hold very many rows. */
	private static final Set<String> LARGE = Set.of("q_job", "q_finished", "q_attempt", "q_lease", "q_unique",
			"q_waiter");

	private static final Set<String> JOINS = Set.of("Hash Join", "Merge Join");

	private static final Set<String> CHORES = Set.of("q_recount", "q_left_behind");

	private static final ObjectMapper MAPPER = new ObjectMapper();

	/**
	 * Reads a notice of {@code auto_explain}.
	 * @param notice a line on the duration, and a plan in JSON
	 * @param context which functions were at work, the innermost first
	 */
	static Plan read(String notice, String context) {
		JsonNode told = MAPPER.readTree(notice.substring(notice.indexOf('{')));
		return new Plan(context.lines().filter((line) -> line.contains(" function ")).findFirst().orElse("none"),
				told.path("Query Text").asString(), told.path("Plan"), told.has("JIT"));
	}

	/** Every node of the plan. */
	private List<JsonNode> nodes() {
		List<JsonNode> nodes = new ArrayList<>();
		collect(this.root, nodes);
		return nodes;
	}

	private static void collect(JsonNode node, List<JsonNode> nodes) {
		nodes.add(node);
		node.path("Plans").forEach((child) -> collect(child, nodes));
	}

	/** What a statement that is fast with any statistics does not do. */
	List<String> faults() {
		List<String> faults = new ArrayList<>();
		boolean isLarge = nodes().stream().anyMatch(Plan::isOfLargeTable);
		for (JsonNode node : nodes()) {
			String type = node.path("Node Type").asString();
			if (isRead(node) && !isByIndex(node, type)) {
				faults.add("%s of %s".formatted(type, node.path("Relation Name").asString()));
			}
			if (isLarge && JOINS.contains(type)) {
				faults.add(type);
			}
		}
		if (this.isCompiled) {
			faults.add("compiled");
		}
		return faults.stream()
			.map((fault) -> "%s: %s%n  in %s%n%s".formatted(this.function, fault, this.statement,
					this.root.toPrettyString()))
			.toList();
	}

	private static boolean isOfLargeTable(JsonNode node) {
		return LARGE.contains(node.path("Relation Name").asString());
	}

	/** Nodes that change a table name it too. */
	private static boolean isRead(JsonNode node) {
		return isOfLargeTable(node) && node.path("Node Type").asString().endsWith("Scan");
	}

	/** An index without a condition is read from end to end. */
	private static boolean isByIndex(JsonNode node, String type) {
		return type.equals("Tid Scan") || (type.startsWith("Index") && node.has("Index Cond"));
	}

	/**
	 * How many rows of large tables were looked at. Not by what is done now and then,
	 * depending on how long it takes.
	 */
	long rowsRead() {
		if (CHORES.stream().anyMatch(this.function::contains)) {
			return 0;
		}
		double rows = nodes().stream()
			.filter(Plan::isRead)
			.mapToDouble(
					(node) -> (node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble())
							* node.path("Actual Loops").asDouble())
			.sum();
		return Math.round(rows);
	}

}
