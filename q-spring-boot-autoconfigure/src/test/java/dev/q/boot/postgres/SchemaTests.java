package dev.q.boot.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.q.JobTemplate;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresReplication;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who makes the schema, and what its users must be allowed.
 */
@Timeout(120)
class SchemaTests {

	private static final String USER = "worker_%d".formatted(ProcessHandle.current().pid());

	private static final String RIGHTS = """
			grant usage on schema q to %1$s;
			grant select, insert, update, delete on all tables in schema q to %1$s;
			grant select, usage on all sequences in schema q to %1$s;
			grant execute on all functions in schema q to %1$s
			""".formatted(USER);

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final PostgresServer server = this.database.server();

	private final ApplicationContextRunner application = Applications.on(this.server);

	private final ApplicationContextRunner validating = this.application
		.withPropertyValues("q.postgres.schema-management=validate");

	@AfterEach
	void dropTheDatabase() {
		this.database.close();
		PostgresServers.shared().execute("drop role if exists " + USER);
	}

	@Test
	void aSchemaThatIsMissingFailsTheStart() {
		assertUnusable(this.validating, "holds no tables of Q", "q.postgres.schema-management=auto",
				"dev/q/store/jdbc/schema");
		assertUnusable(this.application.withPropertyValues("q.postgres.schema-management=none"),
				"does not hold what Q needs");
	}

	@Test
	void aSchemaThatIsNewerFailsTheStart() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		this.server.execute("insert into q.q_history (layout, step) values (7, 1)");

		assertUnusable(this.application, "has layout 7", "newer version of Q");
		assertUnusable(this.validating, "has layout 7", "newer version of Q");
	}

	@Test
	void aSchemaOfAnEarlierVersionGetsWhatThisOneAdds() throws IOException {
		runAllFilesButTheLast();

		assertUnusable(this.validating, "made by an earlier version of Q",
				"V1_8__q_unique.sql from dev/q/store/jdbc/schema", "q.postgres.schema-management=auto");
		Greeter.assertAJobRuns(this.application);
		Greeter.assertAJobRuns(this.validating);
		assertThat(this.server.value("select string_agg(step::text, ' ' order by step) from q.q_history"))
			.isEqualTo("1 2 3 4 5 6 7 8");
	}

	@Test
	void whatALaterVersionAddedIsLeftAlone() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		this.server.execute("insert into q.q_history (layout, step) values (1, 99)");

		Greeter.assertAJobRuns(this.application);
		Greeter.assertAJobRuns(this.validating);
	}

	/** As a version would have done that had fewer of them. */
	private void runAllFilesButTheLast() throws IOException {
		Resource[] files = new PathMatchingResourcePatternResolver().getResources("dev/q/store/jdbc/schema/V1_*.sql");
		List<Resource> earlier = Stream.of(files)
			.sorted(Comparator.comparing(Resource::getFilename))
			.limit(files.length - 1)
			.toList();
		StringBuilder script = new StringBuilder("create schema q; set search_path = q, pg_temp;");
		for (Resource file : earlier) {
			script.append(file.getContentAsString(StandardCharsets.UTF_8));
		}
		this.server.execute(script + "; reset search_path");
	}

	@Test
	void aSchemaThatScriptsMakeIsThereBeforeTheStoreIs() {
		ApplicationContextRunner scripted = this.validating.withUserConfiguration(MadeByScripts.class, Greeter.class);

		scripted.run((context) -> {
			context.getBean(JobTemplate.class).enqueue("greet", "Ada");

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			// The path under which they were made stays theirs.
			assertThat(this.server.value("select proconfig::text from pg_proc where proname = 'q_settle_v1'"))
				.contains("search_path=");
		});
	}

	@Test
	void aUserWithoutRightsToMakeTheSchemaIsToldSo() {
		makeUser("");

		assertUnusable(asUser("auto"), "permission denied", "docs/postgres.md");
	}

	@Test
	void rightsThatLackAreNamed() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		makeUser(RIGHTS);
		this.server.execute(
				"revoke delete on q.q_lease from %1$s; revoke usage on sequence q.q_seq from %1$s".formatted(USER));

		Stream.of("auto", "validate")
			.forEach((management) -> assertUnusable(asUser(management), USER,
					"it lacks delete on q_lease, usage on q_seq.", "docs/postgres.md"));
	}

	@Test
	void aUserWithTheLeastRightsWorksJobs() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		makeUser(RIGHTS);

		Stream.of("auto", "validate", "none").forEach((management) -> Greeter.assertAJobRuns(asUser(management)));
	}

	@Test
	void aReplicaFailsTheStart() {
		try (PostgresReplication pair = PostgresReplication.start(Map.of())) {
			Stream.of("auto", "validate", "none")
				.forEach((management) -> assertUnusable(
						Applications.on(pair.replica().server())
							.withPropertyValues("q.postgres.schema-management=" + management),
						"takes no writes", "connect to the primary"));
		}
	}

	@Test
	void aWrongPasswordOrDatabaseFailsTheStart() {
		assertUnusable(Applications.as("nobody", "secret-word", this.server.url()), "refuses the connection", "nobody");
		assertUnusable(
				Applications.as(this.server.user(), this.server.password(),
						this.server.url().replace(this.database.name(), "nowhere")),
				"refuses the connection", "nowhere");
	}

	private void makeUser(String rights) {
		this.server.execute("create role %s login password 'pass'; %s".formatted(USER, rights));
	}

	private ApplicationContextRunner asUser(String management) {
		return Applications.as(USER, "pass", this.server.url())
			.withPropertyValues("q.postgres.schema-management=" + management);
	}

	private static void assertUnusable(ApplicationContextRunner application, CharSequence... said) {
		application.run((context) -> assertThat(serverFailureOf(context)).isNotNull()
			.hasMessageContainingAll(said)
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("secret-word")));
	}

	private static Throwable serverFailureOf(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof PostgresServerException)) {
			failure = failure.getCause();
		}
		return failure;
	}

	/**
	 * As Flyway and Liquibase do. The store is asked for before its schema is.
	 */
	@Configuration(proxyBeanMethods = false)
	static class MadeByScripts {

		@Bean
		String firstOfAll(JobStore store) {
			return store.name();
		}

		@Bean
		DataSourceScriptDatabaseInitializer scripts(DataSource source) {
			DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
			settings.setSchemaLocations(
					List.of("classpath:dev/q/boot/postgres/begin.sql", "classpath:dev/q/store/jdbc/schema/*.sql"));
			settings.setMode(DatabaseInitializationMode.ALWAYS);
			// Functions hold semicolons, so no script is split.
			settings.setSeparator("^^^ END OF SCRIPT ^^^");
			return new DataSourceScriptDatabaseInitializer(source, settings);
		}

	}

}
