package dev.q.cli.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.boot.QProperties;
import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What an application with the same files and the same environment would be told. Read by
 * Boot itself, so that profiles, imports, placeholders and names from the environment
 * mean what they mean there.
 *
 * @since 0.1
 */
public final class Configuration {

	private static final String REDIS = "spring.data.redis.";

	private static final String POSTGRES = "spring.datasource.";

	/** Each pool may have a login of its own, which goes before that of all pools. */
	private static final String POOL = "spring.datasource.hikari.";

	private static final Pattern LOGIN = Pattern.compile("@|[?&](user|password)=");

	private final Binder binder;

	private final Map<String, Object> arguments;

	private final QProperties properties;

	private Configuration(Binder binder, Map<String, Object> arguments) {
		this.binder = binder;
		this.arguments = arguments;
		this.properties = read(() -> binder.bindOrCreate("q", Bindable.of(QProperties.class),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter())));
	}

	/**
	 * Reads the configuration.
	 * @param options what the arguments say; they count most
	 * @param environment that of the process
	 * @param secrets asks for a password
	 * @return what is configured
	 * @throws SetupException if an argument or a property makes no sense
	 */
	public static Configuration of(StoreOptions options, Map<String, String> environment,
			Function<String, String> secrets) {
		Map<String, Object> arguments = arguments(options, secrets);
		ConfigurableEnvironment sources = new ProcessEnvironment(environment);
		sources.getPropertySources().addFirst(new MapPropertySource("arguments", arguments));
		RandomValuePropertySource.addToEnvironment(sources);
		ConfigurationFiles files = new ConfigurationFiles();
		try {
			ConfigDataEnvironmentPostProcessor.applyTo(sources, files, null);
			return new Configuration(Binder.get(sources), arguments);
		}
		catch (RuntimeException ex) {
			throw Misconfiguration.of(ex, files.last());
		}
	}

	private static Map<String, Object> arguments(StoreOptions options, Function<String, String> secrets) {
		Map<String, Object> keys = new LinkedHashMap<>();
		put(keys, "spring.config.location", location(options.config()));
		put(keys, "spring.profiles.active", options.profile());
		put(keys, "q.redis.namespace", options.namespace());
		put(keys, "q.postgres.schema", options.schema());
		put(keys, "q.store", options.store());
		if (options.url() != null) {
			Address address = Address.of(options.url());
			address.requireKind(options.store());
			put(keys, "q.store", address.kind());
			put(keys, address.key(), address.url());
		}
		for (String prefix : List.of(REDIS, POSTGRES, POOL)) {
			put(keys, prefix + "username", options.user());
		}
		if (options.asksPassword()) {
			String password = asked(secrets);
			List.of(REDIS, POSTGRES, POOL).forEach((prefix) -> put(keys, prefix + "password", password));
		}
		return keys;
	}

	private static String asked(Function<String, String> secrets) {
		String password = secrets.apply("Password: ");
		if (password.isEmpty()) {
			throw new SetupException(
					"There is nobody to ask for the password. Give it in SPRING_DATA_REDIS_PASSWORD or SPRING_DATASOURCE_PASSWORD instead of --ask-password");
		}
		return password;
	}

	private static void put(Map<String, Object> keys, String key, @Nullable String value) {
		if (value != null) {
			keys.put(key, value);
		}
	}

	private static @Nullable String location(@Nullable Path config) {
		if (config == null) {
			return null;
		}
		if (!Files.isReadable(config) || Files.isDirectory(config)) {
			throw new SetupException("--config must name a file that can be read, but there is none at "
					+ Names.quoted(config.toString()));
		}
		// Boot would take these for signs between files, and for a pattern.
		return config.toAbsolutePath()
			.normalize()
			.toUri()
			.toString()
			.replace(",", "%2C")
			.replace(";", "%3B")
			.replace("*", "%2A");
	}

	private static <T> T read(Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (RuntimeException ex) {
			throw Misconfiguration.of(ex);
		}
	}

	/**
	 * All under {@code q}.
	 * @return checked as at the start of an application
	 */
	public QProperties properties() {
		return this.properties;
	}

	/** That of {@code q.store}. */
	ConfiguredStore first() {
		return ConfiguredStore.first(this.properties);
	}

	/**
	 * That of {@code q.store} first, the others by name. An address among the arguments
	 * means the store there alone: whoever names one must not reach another one too.
	 */
	List<ConfiguredStore> stores(Consumer<String> notes) {
		List<ConfiguredStore> named = new TreeMap<>(this.properties.stores()).entrySet()
			.stream()
			.map((entry) -> ConfiguredStore.named(entry.getKey(), entry.getValue()))
			.toList();
		if (!this.arguments.containsKey(REDIS + "url") && !this.arguments.containsKey(POSTGRES + "url")) {
			return apart(Stream.concat(Stream.of(first()), named.stream()).toList());
		}
		if (!named.isEmpty()) {
			notes.accept("--url means one store. Left out: "
					+ named.stream().map(ConfiguredStore::key).collect(Collectors.joining(", ")));
		}
		return List.of(first());
	}

	private static List<ConfiguredStore> apart(List<ConfiguredStore> stores) {
		Map<String, String> places = new HashMap<>();
		for (ConfiguredStore store : stores) {
			String before = store.isWithinItsApplication() ? null : places.put(store.place(), store.key());
			if (before != null) {
				throw new SetupException(
						"%s and %s are both %s, so they would be one. Give one of them another redis.namespace or postgres.schema"
							.formatted(before, store.key(), store.place()));
			}
		}
		return stores;
	}

	DataRedisProperties redis() {
		DataRedisProperties redis = read(
				() -> this.binder.bindOrCreate("spring.data.redis", Bindable.of(DataRedisProperties.class)));
		requireOneLogin(REDIS, redis.getUrl());
		if (this.arguments.containsKey(REDIS + "url")) {
			redis.setSentinel(null);
			redis.setCluster(null);
			redis.setMasterreplica(null);
		}
		return redis;
	}

	/** Sets up a pool as the application does. */
	void setUp(HikariDataSource pool) {
		DataSourceProperties common = read(
				() -> this.binder.bindOrCreate("spring.datasource", Bindable.of(DataSourceProperties.class)));
		pool.setJdbcUrl(common.getUrl());
		pool.setUsername(common.getUsername());
		pool.setPassword(common.getPassword());
		read(() -> this.binder.bind("spring.datasource.hikari", Bindable.ofInstance(pool)));
		if (this.arguments.containsKey(POSTGRES + "url")) {
			setAddress(pool, common.getUrl());
		}
		requireOneLogin(POSTGRES, pool.getJdbcUrl());
	}

	/** A pool that makes its connections by a class or a name asks no address. */
	private static void setAddress(HikariDataSource pool, @Nullable String url) {
		pool.setJdbcUrl(url);
		pool.setDataSourceJNDI(null);
		if (pool.getDataSourceClassName() != null) {
			pool.setDataSourceClassName(null);
			pool.getDataSourceProperties().clear();
		}
	}

	/** Clients take the login of the address, so what was asked for would not count. */
	private void requireOneLogin(String prefix, @Nullable String url) {
		boolean isAsked = this.arguments.containsKey(prefix + "username")
				|| this.arguments.containsKey(prefix + "password");
		if (isAsked && url != null && LOGIN.matcher(url).find()) {
			throw new SetupException(
					"%surl holds a login, which would count in the place of --user and --ask-password. Leave those out, or give the address by --url"
						.formatted(prefix));
		}
	}

	/** Whether somebody has said which kind of store it is. */
	boolean namesKind() {
		return this.binder.bind("q.store", String.class).isBound();
	}

}
