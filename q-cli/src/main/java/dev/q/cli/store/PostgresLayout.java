package dev.q.cli.store;

import java.util.List;

import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;

/**
 * A schema.
 *
 * @param store which store
 * @param servers where it is
 */
record PostgresLayout(ConfiguredStore store, Servers servers) implements Layout {

	@Override
	public String key() {
		return this.store.key();
	}

	@Override
	public String place() {
		return this.store.place();
	}

	@Override
	public List<String> steps() {
		return PostgresSchema.scripts();
	}

	@Override
	public List<String> missing() {
		return schema().missing();
	}

	@Override
	public List<String> migrate() {
		return schema().migrate();
	}

	private PostgresSchema schema() {
		return new PostgresSchema(this.servers.source(), settings());
	}

	private PostgresSettings settings() {
		return this.store.postgres().settings();
	}

	@Override
	public String sql(List<String> steps) {
		return PostgresSchema.sql(settings(), steps);
	}

}
