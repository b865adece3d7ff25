package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A namespace in which nothing is, such as one whose name is written wrong: only what
 * stores something there leaves a key.
 */
class LookTests {

	private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

	private static RedisProcess server;

	@BeforeAll
	static void start() {
		server = RedisServers.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void empty() {
		server.command("FLUSHALL");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stats                                | 0
			stats mail                           | 1
			stats --prefix m                     | 0
			ls                                   | 0
			ls --queue mail                      | 0
			show %1$s                            | 1
			peek mail                            | 0
			explain %1$s                         | 1
			workers                              | 0
			schedules                            | 0
			schedules show report                | 1
			top --count 1                        | 0
			delete --state dead --dry-run        | 0
			delete --state dead --yes            | 0
			delete %1$s --dry-run                | 0
			delete %1$s --yes                    | 1
			cancel --all --yes                   | 0
			retry %1$s --yes                     | 1
			hold %1$s                            | 1
			schedules pause report               | 1
			schedules trigger report             | 1
			schedules remove report --yes        | 1
			enqueue welcome-mail --dry-run       | 0
			migrate --dry-run                    | 0
			migrate --print --dry-run            | 0
			""")
	void aLookAndADryRunAndAnActOnNothingWriteNothing(String command, int code) {
		Run run = q(command.formatted(ID).split(" "));

		assertThat(run.code()).as(run.err()).isEqualTo(code);
		assertThat(server.command("DBSIZE")).isEqualTo(0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "migrate", "enqueue welcome-mail", "pause mail", "bench --jobs 1" })
	void whatStoresSomethingNotesTheLayout(String command) {
		Run run = q(command.split(" "));

		assertThat(run.code()).as(run.err()).isZero();
		assertThat(server.command("GET", "q:layout")).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stats", "enqueue welcome-mail", "migrate --dry-run", "migrate" })
	void aLaterLayoutIsRefused(String command) {
		server.command("SET", "q:layout", "2");

		Run run = q(command.split(" "));

		assertThat(run.code()).isOne();
		assertThat(run.err().lines()).singleElement().asString().contains("layout 2", "q.redis.namespace");
		assertThat(server.command("DBSIZE")).isEqualTo(1L);
	}

	@Test
	void whoMayOnlyReadMayLook() {
		server.command("ACL", "SETUSER", "reader", "on", ">s3cret", "~*", "-@all", "+@read", "+eval", "+evalsha",
				"+info", "+ping", "+hello", "+auth", "+client", "+time");
		q("enqueue", "welcome-mail");

		Run list = run(Map.of("SPRING_DATA_REDIS_PASSWORD", "s3cret"), "ls", "--user", "reader");
		Run enqueue = run(Map.of("SPRING_DATA_REDIS_PASSWORD", "s3cret"), "enqueue", "welcome-mail", "--user",
				"reader");

		assertThat(list.code()).as(list.err()).isZero();
		assertThat(list.out()).contains("welcome-mail");
		assertThat(enqueue.code()).isOne();
		assertThat(enqueue.err().lines()).singleElement()
			.asString()
			.contains("may not do what Q needs", "docs/redis.md");
	}

	private static Run q(String... args) {
		return run(Map.of(), args);
	}

	private static Run run(Map<String, String> environment, String... args) {
		String[] all = new String[args.length + 2];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--url";
		all[args.length + 1] = server.url();
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), all);
	}

}
