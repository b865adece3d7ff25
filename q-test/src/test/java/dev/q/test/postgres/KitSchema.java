package dev.q.test.postgres;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.server.postgres.PostgresSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A schema that one test after the other uses. Connections keep the plans of functions as
 * long as they live, so a schema for each test would slow down those that follow.
 *
 * @param name its name
 * @param target where it is
 * @param jdbc works in it
 * @param tables all tables of Q
 */
record KitSchema(String name, PostgresTarget target, JdbcTemplate jdbc, List<String> tables) {

	private static final AtomicLong COUNT = new AtomicLong();

	private static final Map<PostgresTarget, Deque<KitSchema>> FREE = new ConcurrentHashMap<>();

	static KitSchema take(PostgresTarget target) {
		KitSchema free = freeOf(target).poll();
		return (free != null) ? free : make(target);
	}

	private static Deque<KitSchema> freeOf(PostgresTarget target) {
		return FREE.computeIfAbsent(target, (key) -> new ConcurrentLinkedDeque<>());
	}

	private static KitSchema make(PostgresTarget target) {
		String name = "kit_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
		new PostgresSchema(target.pool(), PostgresSettings.DEFAULT.withSchema(name)).migrate();
		return adopt(target, name);
	}

	/** A schema that is there already. */
	static KitSchema adopt(PostgresTarget target, String name) {
		JdbcTemplate jdbc = new JdbcTemplate(target.pool());
		List<String> tables = jdbc.queryForList(
				"select tablename from pg_tables where schemaname = ? and tablename <> 'q_history'", String.class,
				name);
		jdbc.execute("""
				create table %1$s.q_clock (now_ms bigint not null);
				insert into %1$s.q_clock values (0);
				create or replace function %1$s.q_now() returns bigint language sql volatile
					as 'select now_ms from %1$s.q_clock'
				""".formatted(name));
		KitSchema made = new KitSchema(name, target, jdbc, tables);
		if (target.server().source() == PostgresSource.URL) {
			Runtime.getRuntime().addShutdownHook(new Thread(made::drop));
		}
		return made;
	}

	private void drop() {
		this.target.server().execute("drop schema %s cascade".formatted(this.name));
	}

	void setClock(long millis) {
		this.jdbc.update("update %s.q_clock set now_ms = ?".formatted(this.name), millis);
	}

	/** Empties the schema for the next test. */
	void giveBack() {
		String all = String.join(", ", this.tables.stream().map((table) -> this.name + "." + table).toList());
		this.jdbc.execute("truncate %s; alter sequence %s.q_seq restart".formatted(all, this.name));
		freeOf(this.target).add(this);
	}

}
