package dev.q.test.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.contract.StoreFixture;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An empty schema on a real server, whose function {@code q_now} goes by a virtual clock.
 */
final class PostgresStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	private final AtomicLong now = new AtomicLong(START.toEpochMilli());

	private final List<JobStore> stores = new ArrayList<>();

	private final PostgresTarget target;

	private final PostgresSettings settings;

	private final KitSchema schema;

	PostgresStoreFixture(PostgresTarget target) {
		this(target, PostgresSettings.DEFAULT);
	}

	PostgresStoreFixture(PostgresTarget target, PostgresSettings settings) {
		this(target, settings, KitSchema.take(target));
	}

	PostgresStoreFixture(PostgresTarget target, KitSchema schema) {
		this(target, PostgresSettings.DEFAULT, schema);
	}

	private PostgresStoreFixture(PostgresTarget target, PostgresSettings settings, KitSchema schema) {
		this.target = target;
		this.schema = schema;
		this.settings = settings.withSchema(this.schema.name())
			.withSchemaManagement(PostgresSettings.SchemaManagement.NONE);
		this.schema.setClock(this.now.get());
		this.stores.add(open());
	}

	private JobStore open() {
		return new PostgresStore(this.settings, this.target.pool(), this.target.single());
	}

	String schema() {
		return this.settings.schema();
	}

	JdbcTemplate jdbc() {
		return this.schema.jdbc();
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
		this.schema.setClock(this.now.addAndGet(span.toMillis()));
	}

	@Override
	public void close() {
		this.stores.forEach(JobStore::close);
		this.schema.giveBack();
	}

}
