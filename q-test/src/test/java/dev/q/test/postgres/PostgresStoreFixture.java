package dev.q.test.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.contract.StoreFixture;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A schema of its own on a real server, whose function {@code q_now} goes by a virtual
 * clock.
 */
final class PostgresStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	private static final AtomicLong SCHEMAS = new AtomicLong();

	private final AtomicLong now = new AtomicLong(START.toEpochMilli());

	private final List<JobStore> stores = new ArrayList<>();

	private final PostgresTarget target;

	private final PostgresSettings settings;

	private final JdbcTemplate jdbc;

	PostgresStoreFixture(PostgresTarget target) {
		this(target, PostgresSettings.DEFAULT);
	}

	PostgresStoreFixture(PostgresTarget target, PostgresSettings settings) {
		this.target = target;
		this.settings = settings.withSchema("kit_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet());
		this.jdbc = new JdbcTemplate(target.pool());
		new PostgresSchema(target.pool(), this.settings).migrate();
		this.jdbc.execute("""
				create table %1$s.q_clock (now_ms bigint not null);
				insert into %1$s.q_clock values (%2$d);
				create or replace function %1$s.q_now() returns bigint language sql volatile
					as 'select now_ms from %1$s.q_clock'
				""".formatted(this.settings.schema(), this.now.get()));
		this.stores.add(open());
	}

	private JobStore open() {
		return new PostgresStore(this.settings, this.target.pool(), this.target.single());
	}

	String schema() {
		return this.settings.schema();
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	@Override
	public JobStore store() {
		return this.stores.get(0);
	}

	@Override
	public JobStore reopen() {
		JobStore further = open();
		this.stores.add(further);
		return further;
	}

	@Override
	public Instant now() {
		return Instant.ofEpochMilli(this.now.get());
	}

	@Override
	public void advance(Duration span) {
		long millis = this.now.addAndGet(span.toMillis());
		this.jdbc.update("update %s.q_clock set now_ms = ?".formatted(this.settings.schema()), millis);
	}

	@Override
	public void close() {
		this.stores.forEach(JobStore::close);
		this.jdbc.execute("drop schema %s cascade".formatted(this.settings.schema()));
	}

}
