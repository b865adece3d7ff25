package dev.q.boot.postgres;

import javax.sql.DataSource;

import dev.q.boot.PostgresProperties;
import dev.q.store.jdbc.PostgresStore;

/**
 * Makes stores in the database of the application, or in that of the jobs.
 *
 * @param sources finds the database
 * @param failFast whether the server must be there
 */
record PostgresStores(JobsDataSource sources, boolean failFast) {

	PostgresStore make(PostgresProperties postgres) {
		DataSource source = this.sources.get();
		PostgresStore store = new PostgresStore(postgres.settings(), source, new Listening(postgres).on(source));
		new FirstContact(source, this.failFast).make(store);
		return store;
	}

}
