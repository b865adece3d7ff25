package dev.q.test.server.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that a server's {@code postgresql.conf} ends with. What is given goes before
 * what is usual in tests.
 *
 * @param values the settings by their names
 */
record PostgresSettings(Map<String, String> values) {

	// A server that is killed loses nothing by these: only a machine would.
	private static final Map<String, String> FAST = Map.of("fsync", "off", "full_page_writes", "off");

	// Nothing outside of its folder is left when it is killed.
	private static final Map<String, String> USUAL = Map.of("listen_addresses", "127.0.0.1", "unix_socket_directories",
			"", "dynamic_shared_memory_type", "mmap", "max_connections", "200");

	PostgresSettings {
		values = Map.copyOf(values);
	}

	static PostgresSettings of(Map<String, String> given) {
		Map<String, String> all = new LinkedHashMap<>(USUAL);
		if (!"on".equals(given.get("fsync"))) {
			all.putAll(FAST);
		}
		all.putAll(given);
		return new PostgresSettings(all);
	}

	PostgresSettings with(String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(this.values);
		all.put(name, value);
		return new PostgresSettings(all);
	}

	List<String> lines() {
		return this.values.entrySet()
			.stream()
			.map((setting) -> "%s = '%s'".formatted(setting.getKey(), setting.getValue().replace("'", "''")))
			.sorted()
			.toList();
	}

}
