package dev.q.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.audit.AuditTrail;
import dev.q.cli.session.Interrupts;
import dev.q.cli.session.Terminal;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.schedule.Schedules;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A store of a test's own on a real server, and the command line in the same process,
 * which is told of it by its environment.
 */
public final class Place implements AutoCloseable {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private final Map<String, String> environment;

	private final JobStore store;

	private final JobTemplates templates;

	private final BiConsumer<String, String> spoiler;

	private final Runnable end;

	private Place(Map<String, String> environment, JobStore store, BiConsumer<String, String> spoiler, Runnable end) {
		this.environment = environment;
		this.store = store;
		this.spoiler = spoiler;
		this.end = end;
		this.templates = new JobTemplates(store, HandlerRegistry.of(List.of()), JacksonPayloadCodec.standard(),
				ClientSettings.DEFAULT, new JobIds(new SystemClock(), new SharedRandom()), JobEvents.NONE);
	}

	/**
	 * Where jobs are.
	 */
	public enum Kind {

		/** The Redis of the tests. */
		REDIS {
			@Override
			Place open() {
				RedisServer server = RedisServers.shared();
				String namespace = "cli-%d-%d".formatted(ProcessHandle.current().pid(), NEXT.getAndIncrement());
				Map<String, String> environment = Map.of("Q_STORE", "redis", "Q_REDIS_NAMESPACE", namespace,
						"SPRING_DATA_REDIS_URL", server.url());
				RedisStore store = new RedisStore(new RedisSettings(namespace, RedisSettings.DEFAULT.timeout(), false),
						new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(server.url())));
				store.connect();
				return new Place(environment, store, (type, text) -> server.command("EVAL", """
						for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
						  for _, id in ipairs(redis.call('HKEYS', key)) do
						    local record = redis.call('HGET', key, id)
						    redis.call('HSET', key, id, (string.gsub(record, ARGV[2], ARGV[3], 1)))
						  end
						end""", "0", namespace + ":*:jobs", type, text), () -> {
				});
			}
		},

		/** The PostgreSQL of the tests. */
		POSTGRES {
			@Override
			Place open() {
				PostgresServer server = PostgresServers.shared();
				PostgresPlace schema = server.freshSchema();
				Map<String, String> environment = Map.of("Q_STORE", "postgres", "Q_POSTGRES_SCHEMA", schema.name(),
						"SPRING_DATASOURCE_URL", server.url(), "SPRING_DATASOURCE_USERNAME", server.user(),
						"SPRING_DATASOURCE_PASSWORD", server.password());
				PGSimpleDataSource source = new PGSimpleDataSource();
				source.setUrl(server.url());
				source.setUser(server.user());
				source.setPassword(server.password());
				PostgresStore store = new PostgresStore(PostgresSettings.DEFAULT.withSchema(schema.name()), source);
				store.connect();
				return new Place(environment, store, (type, text) -> server
					.execute("update %s.q_job set type = '%s' where type = '%s'".formatted(schema.name(), text, type)),
						schema::close);
			}
		};

		abstract Place open();

	}

	/** A store of one's own, with the tables it needs. */
	public static Place on(Kind kind) {
		return kind.open();
	}

	/** The store itself, to make jobs run and fail. */
	public JobStore store() {
		return this.store;
	}

	public JobTemplate jobs() {
		return this.templates.template();
	}

	public Schedules schedules() {
		return this.templates.schedules(() -> {
		});
	}

	public JobAdmin admin() {
		return new JobAdmin(this.store);
	}

	public ScheduleAdmin scheduleAdmin() {
		return new ScheduleAdmin(schedules(), AuditTrail.logged());
	}

	/**
	 * Writes another text over the types of jobs, as nothing but a hand does that knows
	 * no better.
	 * @param type of the jobs
	 * @param text instead, of the same length
	 */
	public void spoil(String type, String text) {
		this.spoiler.accept(type, text);
	}

	/** The environment of a process that is to use this store. */
	public Map<String, String> environment() {
		return this.environment;
	}

	/** Runs a command here. */
	public Run q(String... args) {
		return fed("", args);
	}

	/** Runs a command that is fed a text. */
	public Run fed(String input, String... args) {
		return run(this.environment, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
	}

	/** Runs a command in an environment. */
	public static Run run(Map<String, String> environment, InputStream in, String... args) {
		return run(environment, in, (task) -> () -> {
		}, args);
	}

	/** Runs a command that may be interrupted, and says when from. */
	public static Run run(Map<String, String> environment, InputStream in, Interrupts interrupts, String... args) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		Map<String, String> all = new HashMap<>(Map.of("USER", "ann"));
		all.putAll(environment);
		int code = new QCommandLine(
				new Terminal(in, new PrintWriter(out), new PrintWriter(err), all, (question) -> "", false, interrupts))
			.run(args);
		return new Run(code, out.toString(), err.toString());
	}

	@Override
	public void close() {
		this.templates.close();
		this.store.close();
		this.end.run();
	}

	/**
	 * How a command ended.
	 */
	public record Run(int code, String out, String err) {

		private static final JsonMapper JSON = JsonMapper.builder().build();

		/** What it showed with {@code --json}. */
		public JsonNode json() {
			return JSON.readTree(this.out);
		}

		/** The lines that it showed. */
		public List<String> lines() {
			return this.out.lines().toList();
		}

	}

}
