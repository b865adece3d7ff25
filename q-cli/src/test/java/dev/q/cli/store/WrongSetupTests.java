package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong is said in one line, with exit code 2, and without a password.
 */
class WrongSetupTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stast                                               | 'stast'
			''                                                  | Name a command
			stats --nope                                        | --nope
			stats --store                                       | --store
			stats --store mysql                                 | it must be one of memory, redis, postgres
			stats                                               | Jobs in memory are inside their application
			stats --store postgres                              | jdbc:postgresql://host/database
			stats --config /nowhere/application.yml             | /nowhere/application.yml
			stats --config /                                    | must name a file
			stats --url http://localhost                        | begins with 'http'
			stats --url redis://localhost/abc                   | is no address of Redis
			stats --url redis-sentinel://localhost:26379        | #master
			stats --url jdbc:postgresql://localhost:port/x      | is no address of it
			stats --url redis://localhost/%                     | two hexadecimal digits
			stats --url redis://localhost --store postgres      | --store 'postgres' and --url contradict each other
			stats --url redis://localhost --store mysql         | contradict each other
			stats --url jdbc:postgresql://localhost/x --store memory | contradict each other
			stats --url redis://localhost --namespace a{b       | q.redis.namespace
			stats --url jdbc:postgresql://localhost/x --schema A-B | q.postgres.schema
			stats --url redis://localhost --ask-password        | nobody to ask
			""")
	void whatAnArgumentSaysWrong(String args, String said) {
		requireRefusal(run(Map.of(), args.isEmpty() ? new String[0] : args.split(" ")), said);
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://:s3cret@localhost", "redis://ann:s3cret@localhost", "redis://s3cret@localhost",
			"rediss://ann:s3cret@localhost:6379/0", "redis://ann%3As3cret%40localhost", "redis://:s3/cret@localhost",
			"redis-sentinel://s3cret@localhost:26379#m", "redis-socket://s3cret@/tmp/redis", "s3cret@localhost",
			"jdbc:postgresql://localhost/x?password=s3cret", "jdbc:postgresql://localhost/x?user=a&PASSWORD=s3cret",
			"jdbc:postgresql://localhost/x?p%61ssword=s3cret", "jdbc:postgresql://localhost/x?sslpassword=s3cret",
			"jdbc:postgresql://ann:s3cret@localhost/x", "jdbc:postgresql://ann:s3cret%40localhost/x",
			"jdbc:postgresql:x?password=s3cret", "redis://localhost?password=s3cret", "s3cret://ann@h" })
	void aPasswordInAnAddressIsRefusedAndNotRepeated(String url) {
		Run run = run(Map.of(), "stats", "--verbose", "--url", url);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).contains("--url must hold no password").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					q.sotre=redis                                        | no such property: [q.sotre]
					q.store=mysql                                        | 'mysql'
					q.store=${NOWHERE}                                   | '${NOWHERE}'
					q.store=redis;q.redis.timeout=soon                   | 'soon'
					q.store=redis;q.redis.timeout=1h                     | q.redis.timeout
					q.store=redis;spring.data.redis.port=x               | 'x'
					q.store=redis;spring.data.redis.sentinel.nodes=h:1   | spring.data.redis.sentinel.master is missing
					q.store=redis;spring.data.redis.sentinel.master=m    | spring.data.redis.sentinel.nodes is missing
					q.store=redis;spring.data.redis.ssl.bundle=b         | does not read spring.data.redis.ssl.bundle
					q.store=redis;spring.data.redis.masterreplica.nodes=h:1 | does not read spring.data.redis.masterreplica.nodes
					q.store=redis;spring.data.redis.url=redis://:s3cret@${NOWHERE} | is no address of Redis
					q.store=postgres;spring.datasource.url=jdbc:mysql://ann:s3cret@h/x | is no address of it
					q.store=postgres;spring.datasource.url=jdbc:postgresql://h:p/x?password=s3cret | is no address of it
					q.store=postgres;q.postgres.listen-url=s3cret:x      | q.postgres.listen-url
					q.stores.a.store=redis                               | q.stores.a.queues
					q.store=redis;q.stores.a.store=redis;q.stores.a.queues=x | q.store and q.stores.a are both Redis with namespace q
					spring.config.import=nowhere.yml                     | nowhere.yml
					spring.config.import=configserver:http://ann:s3cret@h | configserver
					""")
	void whatTheConfigurationSaysWrong(String properties, String said) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.properties"), properties.replace(';', '\n'));

		Run run = run(Map.of(), "stats", "--verbose", "--config", file.toString());

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().lines().filter((line) -> line.startsWith("q: "))).singleElement()
			.asString()
			.contains(said);
		if (!said.contains("listen-url")) {
			assertThat(run.err()).doesNotContain("s3cret");
		}
	}

	@Test
	void aFileThatIsNoYamlIsNotQuoted() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"spring:\n  data:\n    redis:\n      password: \"s3cret\n   x: {");

		Run run = run(Map.of(), "stats", "--verbose", "--config", file.toString());

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).contains("The configuration is no YAML", "line 5").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "*s3cret", "!s3cret", "!s3cret!x y", "!!s3cret x", "!!int s3cret", "&s3cret *s3cret", "@s3cret",
					"%s3cret", "`s3cret", "|s3cret", ">s3cret", "}s3cret", "]s3cret", ",s3cret", "- s3cret", "? s3cret",
					"{s3cret", "[s3cret", "{s3cret, s3cret}", "'s3cret", "\"s3cret", "\"s3cret\\q\"", "\"\\us3cret\"",
					"s3cret: x", "'x' s3cret", "\ts3cret", "s3cret\u0001", "!%s3cret x", "*", "${s3cret:${x}" })
	void aPasswordThatIsNoYamlIsNotQuoted(String password) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"q.store: redis\nspring.data.redis:\n  port: 1\n  password: " + password + "\n");

		Run run = run(Map.of(), "stats", "--verbose", "--config", file.toString());

		assertThat(run.code()).as(run.err()).isEqualTo(password.startsWith("$") ? 1 : 2);
		assertThat(run.err()).contains("q: ");
		assertThat(saidBy(run)).doesNotContain("s3cret", "s3");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application.yml        | *s3cret             | at line 2, column 29
			application-live.yml   | '@s3cret'           | at line 2, column 29
			application-live.yml   | 'x: y'              | mapping values are not allowed here, at line 2
			""")
	void theFileAndTheLineThatAreNoYamlAreNamed(String name, String password, String said) throws IOException {
		Path main = Files.writeString(this.directory.resolve("application.yml"), "q.store: redis\n");
		Path file = Files.writeString(this.directory.resolve(name),
				"q.store: redis\nspring.data.redis.password: " + password + "\n");

		Run run = run(Map.of(), "stats", "--config", main.toString(), "--profile", "live");

		requireRefusal(run, "The configuration is no YAML in '" + file.toRealPath() + "'");
		assertThat(run.err()).contains(said, "needs quotes");
	}

	@Test
	void aKeyThatIsThereTwiceIsFoundByItsLine() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"q:\n  store: redis\n  store: redis\n");

		requireRefusal(run(Map.of(), "stats", "--config", file.toString()), "a key is there twice, at line 3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.data.redis: s3cret", "spring.data.redis.password.x: s3cret",
			"spring.data.redis.password: [s3cret]", "spring.datasource.hikari.password: {s3cret: s3cret}",
			"q.redis: s3cret", "q.redis.password: s3cret", "q.redis.timeout: {a: s3cret}", "q.stores: s3cret",
			"q.stores.a.redis: s3cret" })
	void aPasswordThatIsBoundToSomethingElseIsNotQuoted(String line) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"q.store: redis\nspring.data.redis.port: 1\n" + line + "\n");

		Run run = run(Map.of(), "stats", "--verbose", "--config", file.toString());

		assertThat(run.code()).isNotZero();
		assertThat(run.err()).contains("q: ").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			stats --password s3cret                     | Unknown option: '--password'
			stats --password=s3cret                     | Unknown option: '--password'
			ls --password s3cret s3cret2                | Unknown option: '--password'
			ls --redis-password s3cret --nope           | Unknown options: '--redis-password', '--nope'
			ls --password --s3cret                      | Unknown option: '--password'
			ls --password -s3cret                       | Unknown option: '--password'
			ls -ps3cret                                 | Unknown option: '-p...'
			ls -a s3cret                                | Unknown option: '-a'
			ls --PWD=s3cret --token:s3cret              | --PWD
			ls --ask-password s3cret                    | --ask-password takes no value
			show --ask-password s3cret                  | --ask-password takes no value
			enqueue --ask-password s3cret               | --ask-password takes no value
			retry --ask-password s3cret --yes           | --ask-password takes no value
			pause mail --ask-password s3cret            | --ask-password takes no value
			--ask-password s3cret schedules             | --ask-password takes no value
			ls --ask-password=s3cret                    | '***' is not a boolean
			ls --auth-token s3cret --limit x            | Unknown option: '--auth-token'
			ls --nope s3cret                            | Unknown option: '--nope'
			ls redis://u:s3'cret@h                      | Unmatched argument at index 1: 'redis://***@h'
			stats redis://u:pa's3cret@h                 | may only use letters
			--url redis://u:pa's3cret@h stats           | --url must hold no password
			stats --url s3cret                          | --url must be such as
			stats --url s3cret:x                        | --url must be such as
			""")
	void aPasswordThatAnArgumentGivesIsNotRepeated(String args, String said) {
		Run run = run(Map.of(), args.split(" "));

		requireRefusal(run, said);
		assertThat(run.err()).doesNotContain("s3cret", "cret@");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--ask-password stats", "show --ask-password -- 01890a5d-ac96-774b-bcce-b302099a8057",
			"schedules --ask-password show report", "ls --ask-password --json", "ls --ask-password" })
	void whatCannotBeAPasswordMayStandBehindTheOptionThatAsksForIt(String args) {
		requireRefusal(run(Map.of("Q_STORE", "redis"), args.split(" ")), "nobody to ask");
	}

	@Test
	void aFileOfAnUnknownKindIsRefused() throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.txt"), "q.store=redis");

		requireRefusal(run(Map.of(), "stats", "--config", file.toString()), "extension");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SPRING_DATA_REDIS_URL | redis://bob:s3cret@localhost:1                  | redis
			SPRING_DATASOURCE_URL | jdbc:postgresql://localhost:1/x?user=b&password=s3cret | postgres
			""")
	void aLoginThatWouldNotCountIsRefused(String name, String url, String store) {
		Run run = run(Map.of(name, url), "stats", "--store", store, "--user", "ann");

		requireRefusal(run, "holds a login");
		assertThat(run.err()).doesNotContain("s3cret");
	}

	/** Traces name classes and methods, of which none is a password. */
	private static String saidBy(Run run) {
		return run.err().lines().filter((line) -> !line.startsWith("    at ")).collect(Collectors.joining("\n"));
	}

	private static void requireRefusal(Run run, String said) {
		assertThat(run.err().lines()).singleElement().asString().startsWith("q: ").contains(said);
		assertThat(run.out()).isEmpty();
		assertThat(run.code()).isEqualTo(2);
	}

	private static Run run(Map<String, String> environment, String... args) {
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), args);
	}

}
