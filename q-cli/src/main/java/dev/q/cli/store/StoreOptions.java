package dev.q.cli.store;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Which store is meant. What is not said here, the environment and the configuration say.
 *
 * @since 0.1
 */
public final class StoreOptions {

	@Option(names = "--config", scope = ScopeType.INHERIT, paramLabel = "FILE",
			description = "Read this application.yml or .properties instead of the one here or in ./config.")
	private @Nullable Path config;

	@Option(names = "--profile", scope = ScopeType.INHERIT, paramLabel = "NAMES",
			description = "Profiles of the configuration, as spring.profiles.active.")
	private @Nullable String profile;

	@Option(names = "--store", scope = ScopeType.INHERIT, paramLabel = "KIND",
			description = "Where jobs are kept, as q.store: redis or postgres. Or memory, for bench.")
	private @Nullable String store;

	@Option(names = "--url", scope = ScopeType.INHERIT, paramLabel = "URL",
			description = "Where the server is: redis://host:6379/0, rediss://..., or jdbc:postgresql://host/database. Without a password.")
	private @Nullable String url;

	@Option(names = "--user", scope = ScopeType.INHERIT, paramLabel = "NAME", description = "Who logs in there.")
	private @Nullable String user;

	@Option(names = "--ask-password", scope = ScopeType.INHERIT,
			description = "Ask for the password. Else it is SPRING_DATA_REDIS_PASSWORD or SPRING_DATASOURCE_PASSWORD of the environment, or in the configuration.")
	private boolean askPassword;

	@Option(names = "--namespace", scope = ScopeType.INHERIT, paramLabel = "NAME",
			description = "First part of all keys on Redis, as q.redis.namespace.")
	private @Nullable String namespace;

	@Option(names = "--schema", scope = ScopeType.INHERIT, paramLabel = "NAME",
			description = "Schema in PostgreSQL, as q.postgres.schema.")
	private @Nullable String schema;

	@Option(names = "--verbose", scope = ScopeType.INHERIT,
			description = "Log what happens, with stack traces, and each act with who did it, to the standard error.")
	private boolean verbose;

	/**
	 * Whether to show more of what went wrong.
	 * @return true if stack traces are wanted
	 */
	public boolean isVerbose() {
		return this.verbose;
	}

	@Nullable Path config() {
		return this.config;
	}

	@Nullable String profile() {
		return this.profile;
	}

	@Nullable String store() {
		return this.store;
	}

	@Nullable String url() {
		return this.url;
	}

	@Nullable String user() {
		return this.user;
	}

	boolean asksPassword() {
		return this.askPassword;
	}

	@Nullable String namespace() {
		return this.namespace;
	}

	@Nullable String schema() {
		return this.schema;
	}

}
