package dev.q.test.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of all tables of a schema as text, in the format of {@code COPY}. The tables
 * themselves are those of the files that were there when it was written, which never
 * change: their number is in the first line.
 */
final class PostgresDump {

	private static final String END = "\\.";

	private final PostgresTarget target;

	private final String schema;

	PostgresDump(PostgresTarget target, String schema) {
		this.target = target;
		this.schema = schema;
	}

	void write(Path file) throws IOException, SQLException {
		StringBuilder text = new StringBuilder("%d steps\n".formatted(steps().size()));
		JdbcTemplate jdbc = new JdbcTemplate(this.target.pool());
		for (String sequence : jdbc.queryForList(
				"select sequencename from pg_sequences where schemaname = ? order by 1", String.class, this.schema)) {
			text.append("sequence %s %s\n".formatted(sequence,
					jdbc.queryForObject("select last_value from %s.%s".formatted(this.schema, sequence), Long.class)));
		}
		for (String table : jdbc.queryForList(
				"""
						select tablename from pg_tables where schemaname = ? and tablename not in ('q_history', 'q_clock') order by 1
						""",
				String.class, this.schema)) {
			String columns = jdbc.queryForObject("""
					select string_agg(attname, ', ' order by attnum) from pg_attribute
						where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
					""", String.class, this.schema + "." + table);
			text.append("%s (%s)\n".formatted(table, columns)).append(rows(table, columns)).append(END).append('\n');
		}
		Files.writeString(file, text);
	}

	private String rows(String table, String columns) throws SQLException, IOException {
		StringWriter rows = new StringWriter();
		try (Connection connection = this.target.single().getConnection()) {
			copying(connection).copyOut(
					"copy (select %s from %s.%s order by 1, 2) to stdout".formatted(columns, this.schema, table), rows);
		}
		return rows.toString();
	}

	/** Makes the schema as it was, with what was in it. */
	void load(String text) throws IOException, SQLException {
		List<String> lines = text.lines().toList();
		int steps = Integer.parseInt(lines.get(0).substring(0, lines.get(0).indexOf(' ')));
		try (Connection connection = this.target.single().getConnection()) {
			execute(connection, "create schema %1$s; set search_path = %1$s, pg_temp".formatted(this.schema));
			for (Resource step : steps().subList(0, steps)) {
				execute(connection, step.getContentAsString(StandardCharsets.UTF_8));
			}
			int line = 1;
			while (line < lines.size()) {
				line = load(connection, lines, line);
			}
		}
	}

	private static int load(Connection connection, List<String> lines, int first) throws SQLException, IOException {
		String head = lines.get(first);
		if (head.startsWith("sequence ")) {
			String[] words = head.split(" ", -1);
			execute(connection, "select setval('%s', %s)".formatted(words[1], words[2]));
			return first + 1;
		}
		int end = first + 1;
		StringBuilder rows = new StringBuilder();
		while (!lines.get(end).equals(END)) {
			rows.append(lines.get(end)).append('\n');
			end++;
		}
		copying(connection).copyIn("copy %s from stdin".formatted(head), new StringReader(rows.toString()));
		return end + 1;
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static CopyManager copying(Connection connection) throws SQLException {
		return connection.unwrap(PGConnection.class).getCopyAPI();
	}

	private static List<Resource> steps() throws IOException {
		return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("dev/q/store/jdbc/schema/V1_*.sql"))
			.sorted(Comparator.comparingInt(PostgresDump::number))
			.toList();
	}

	private static int number(Resource step) {
		String name = String.valueOf(step.getFilename());
		return Integer.parseInt(name.substring("V1_".length(), name.indexOf("__")));
	}

}
