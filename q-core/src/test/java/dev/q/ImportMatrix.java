package dev.q;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may import whom. A row reads: this package may import these packages of Q and, from
 * outside, these libraries. The JDK ({@code java.}) and JSpecify are free to all; what no
 * row names is forbidden, and so is a package without a row.
 */
final class ImportMatrix {

	private static final String TABLE = """
			package      | may import                                                       | libraries
			job          |                                                                  |
			job.history  | job                                                              |
			root         | job result                                                       |
			store        | job schedule job.history                                         |
			codec        | job                                                              | jackson
			retry        | job root                                                         | slf4j
			event        | job                                                              | slf4j
			result       | job                                                              |
			client.result | job store codec event ports loop result                         | slf4j
			ports        |                                                                  |
			loop         | ports                                                            | slf4j
			admin        | job root store schedule admin.explain admin.audit job.history    |
			admin        | event cancel                                                     |
			admin.audit  | job ports                                                        | slf4j
			admin.explain | job store job.history                                           |
			admin.view   | job store schedule admin.explain job.history                     |
			cancel       | job store event                                                  | slf4j
			hook         | job root handler                                                 |
			client       | job root store codec handler event ports loop result hook        | slf4j
			client       | client.result schedule cancel                                    |
			schedule     | job root retry                                                   |
			handler      | job root codec retry schedule                                    | slf4j
			maintenance  | job root store event schedule cancel                             | slf4j
			attempt      | job root store codec retry handler event ports loop hook         | slf4j
			attempt      | attempt.turn                                                     |
			attempt.turn | job                                                              |
			engine       | job root store event schedule maintenance ports loop attempt     | slf4j
			expert       | job root store codec retry handler event engine client ports     | slf4j
			expert       | loop maintenance attempt hook                                    | slf4j
			inprocess    | job root store codec retry handler event schedule engine client  | slf4j
			inprocess    | ports loop                                                       | slf4j
			metrics      | job store event engine loop ports                                | micrometer
			store.ends   | job store ports                                                  | slf4j
			store.walk   | job store                                                        |
			store.memory | job store schedule job.history store.ends store.walk             | slf4j
			store.redis  | job store schedule store.redis.layout job.history store.ends     | slf4j redis
			store.redis  | store.walk                                                       |
			store.redis.layout | job store job.history                                      |
			context      | job root hook                                                    | slf4j
			observation  | job root hook result                                             | micrometer
			store.jdbc   | job store store.jdbc.call store.jdbc.known store.jdbc.layout     | slf4j jdbc
			store.jdbc   | store.jdbc.claim store.jdbc.signal ports schedule job.history    |
			store.jdbc   | store.ends store.jdbc.copies                                     |
			store.jdbc.call | job store                                                     |
			store.jdbc.claim | job store                                                    |
			store.jdbc.copies | job store ports                                             |
			store.jdbc.known | job store ports                                              |
			store.jdbc.layout | job store job.history                                       |
			store.jdbc.signal | job store                                                   | slf4j jdbc
			store.routing | job store ports job.history                                     | slf4j
			testing      | job root store codec retry handler event schedule engine client  |
			testing      | maintenance expert inprocess ports loop attempt                  |
			spring       | job root store codec retry handler event schedule engine client  | slf4j spring
			spring       | maintenance expert inprocess ports loop attempt result hook      |
			""";

	private static final Map<String, List<String>> LIBRARIES = Map.of("slf4j", List.of("org.slf4j."), "jackson",
			List.of("tools.jackson.", "com.fasterxml.jackson.annotation."), "micrometer", List.of("io.micrometer."),
			"redis", List.of("org.springframework.data.redis.", "org.springframework.dao.", "io.lettuce."), "jdbc",
			List.of("org.springframework.jdbc.", "org.springframework.dao.", "org.springframework.transaction.",
					"org.postgresql.", "javax.sql."),
			"spring", List.of("org.springframework."));

	private static final List<String> FREE_TO_ALL = List.of("java.", "org.jspecify.annotations.");

	private static final Map<String, List<Row>> ROWS = TABLE.lines()
		.skip(1)
		.map(Row::parse)
		.collect(Collectors.groupingBy(Row::name));

	private ImportMatrix() {
	}

	static boolean hasRow(String packageName) {
		return ROWS.containsKey(packageName);
	}

	/**
	 * Whether a class of the first package may use the named class of the second.
	 */
	static boolean allows(String packageName, String importedPackage, String importedClass) {
		return packageName.equals(importedPackage) || FREE_TO_ALL.stream().anyMatch(importedClass::startsWith)
				|| ROWS.getOrDefault(packageName, List.of())
					.stream()
					.anyMatch((row) -> row.allows(importedPackage, importedClass));
	}

	private record Row(String name, List<String> packages, List<String> prefixes) {

		static Row parse(String line) {
			String[] cells = line.split("\\|", -1);
			List<String> packages = words(cells[1]).map(Row::qualified).toList();
			List<String> prefixes = words(cells[2]).map(LIBRARIES::get).flatMap(List::stream).toList();
			return new Row(qualified(cells[0].strip()), packages, prefixes);
		}

		boolean allows(String importedPackage, String importedClass) {
			return this.packages.contains(importedPackage)
					|| this.prefixes.stream().anyMatch(importedClass::startsWith);
		}

		private static Stream<String> words(String cell) {
			return Arrays.stream(cell.split(" ")).filter((word) -> !word.isEmpty());
		}

		private static String qualified(String name) {
			return name.equals("root") ? "dev.q" : "dev.q." + name;
		}

	}

}
