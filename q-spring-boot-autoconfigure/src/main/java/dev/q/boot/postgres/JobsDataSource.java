package dev.q.boot.postgres;

import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the {@link DataSource} that jobs are kept by: the one that is marked for it, else
 * the application's only or primary one.
 *
 * @param own those marked by {@link QDataSource}
 * @param application all that there are
 */
record JobsDataSource(ObjectProvider<DataSource> own,
		ObjectProvider<DataSource> application) implements Supplier<DataSource> {

	private static final String KEPT = "Jobs are to be kept in PostgreSQL (q.store=postgres), but ";

	/**
	 * Finds it.
	 * @throws PostgresSetupException if there is none, or if it cannot be told which one
	 */
	@Override
	public DataSource get() {
		DataSource source = only(this.own, "of the DataSources %s that are marked @QDataSource none is the primary one",
				"Mark one of them only");
		if (source == null) {
			source = only(this.application, "of the DataSources %s none is the primary one",
					"Make one of them @Primary, or mark the one that jobs are kept by with @QDataSource");
		}
		if (source == null) {
			throw new PostgresSetupException(KEPT + "there is no DataSource",
					"Add the dependency org.springframework.boot:spring-boot-starter-jdbc (or -data-jpa) and set spring.datasource.url, or declare a DataSource; or set q.store to another store");
		}
		return source;
	}

	private static @Nullable DataSource only(ObjectProvider<DataSource> sources, String problem, String remedy) {
		try {
			return sources.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new PostgresSetupException(KEPT + problem.formatted(ex.getBeanNamesFound()), remedy);
		}
	}

}
