package dev.q.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the drill wrote down, read when the process has ended.
 */
final class Ledger {

	private static final Set<String> ENDS = Set.of("Succeeded", "Died", "Cancelled");

	private final List<Entry> entries;

	Ledger(List<String> lines) {
		this.entries = lines.stream()
			.map((line) -> line.split(" "))
			.filter((words) -> words.length == 4)
			.map((words) -> new Entry(words[0], words[1], words[2], words[3]))
			.toList();
	}

	/**
	 * How many jobs of each queue were stored and have not ended.
	 */
	Map<String, Long> unfinished() {
		Set<String> ended = entries(ENDS::contains).map(Entry::id).collect(Collectors.toSet());
		return entries("Enqueued"::equals).filter((entry) -> !ended.contains(entry.id()))
			.collect(Collectors.groupingBy(Entry::queue, TreeMap::new, Collectors.counting()));
	}

	/**
	 * Jobs that ended more than once, or that started although no start was left to them.
	 */
	List<String> countedTwice() {
		Map<String, Long> ends = count(entries(ENDS::contains));
		Map<String, Long> starts = count(entries("Started"::equals));
		Map<String, Long> again = count(entries(Set.of("Retried", "Released")::contains));
		return entries("Enqueued"::equals).map(Entry::id)
			.filter((id) -> ends.getOrDefault(id, 0L) > 1
					|| starts.getOrDefault(id, 0L) > 1 + again.getOrDefault(id, 0L))
			.toList();
	}

	/**
	 * How many jobs of a type something happened to.
	 */
	long count(String what, String type) {
		return entries(what::equals).filter((entry) -> entry.type().equals(type)).map(Entry::id).distinct().count();
	}

	private Stream<Entry> entries(Predicate<String> what) {
		return this.entries.stream().filter((entry) -> what.test(entry.what()));
	}

	private static Map<String, Long> count(Stream<Entry> entries) {
		return entries.map(Entry::id).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	/**
	 * A line.
	 */
	private record Entry(String what, String type, String queue, String id) {
	}

}
