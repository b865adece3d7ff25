package dev.q.test.redis;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisServerException;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisConnection;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which servers are taken, and what those that are not are told.
 */
class RedisServerChecksTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void aServerThatMayThrowJobsOutIsRefusedUnlessThatIsAccepted() {
		try (RedisProcess server = RedisServers.start("maxmemory 64mb", "maxmemory-policy allkeys-lru")) {
			try (RedisStore store = store(server, "evicting", false)) {
				assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
					.withMessageContaining("allkeys-lru")
					.withMessageContaining("noeviction")
					.withMessageContaining("q.redis.allow-eviction");
			}
			try (RedisStore store = store(server, "evicting", true)) {
				assertThatCode(store::connect).doesNotThrowAnyException();
			}
		}
	}

	@Test
	void aNewerLayoutIsRefusedAndNotTouched() {
		try (RedisProcess server = RedisServers.start(); RedisStore store = store(server, "newer", false)) {
			server.command("SET", "newer:layout", "2");

			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("layout 2")
				.withMessageContaining("'newer'")
				.withMessageContaining("q.redis.namespace");
			assertThat(server.command("GET", "newer:layout")).isEqualTo("2");
			assertThat(server.command("DBSIZE")).isEqualTo(1L);
		}
	}

	@Test
	void theLayoutIsWrittenDownWithTheFirstConnection() {
		try (RedisProcess server = RedisServers.start(); RedisStore store = store(server, "fresh", false)) {
			store.connect();

			assertThat(server.command("GET", "fresh:layout")).isEqualTo("1");
			assertThat(server.command("DBSIZE")).as("the checks leave nothing else").isEqualTo(1L);
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aServerThatTakesNoWritesForNowIsNoUnfitServer(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source); RedisStore store = store(server, "held", false)) {
			server.command("SET", "held:layout", "1");
			server.command("CONFIG", "SET", "min-replicas-to-write", "1");

			assertThatExceptionOfType(StoreException.class).isThrownBy(store::connect)
				.isNotInstanceOf(RedisServerException.class)
				.withMessageContaining("NOREPLICAS");
			server.command("CONFIG", "SET", "min-replicas-to-write", "0");

			assertThatCode(store::connect).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aReplicaIsNoUnfitServer(RedisSource source) {
		try (RedisReplication pair = RedisReplication.startFrom(source);
				RedisConnection master = pair.master().server().connect();
				RedisStore store = store(pair.replica(), "copied", false)) {
			master.call("SET", "copied:layout", "1");
			assertThat(master.call("WAIT", "1", "10000")).isEqualTo(1L);

			assertThatExceptionOfType(StoreException.class).isThrownBy(store::connect)
				.isNotInstanceOf(RedisServerException.class)
				.withMessageContaining("replica");
		}
	}

	@Test
	void namespacesDoNotSeeEachOther() {
		try (RedisProcess server = RedisServers.start();
				RedisStore here = store(server, "here", false);
				RedisStore there = store(server, "there", false)) {
			InsertGroup group = InsertGroup.of(List.of(JobDraft.aJob().toNewJob()));

			assertThat(here.work().insert(List.of(group))).hasOnlyElementsOfType(InsertAnswer.Accepted.class);

			assertThat(there.catalog().queues()).isEmpty();
			assertThat(here.catalog().queues()).hasSize(1);
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void whatAUserMayNotDoIsNamed(RedisSource source) {
		String rule = RedisAclContractTests.rule("acl").replace("+zadd ", "").replace("+publish ", "");
		try (RedisProcess server = RedisServers.startFrom(source, rule);
				RedisStore store = new RedisStore(settings("acl", false),
						RedisTarget.standalone(server.server()).as("q", "secret").connections())) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("ZADD")
				.withMessageContaining("PUBLISH")
				.withMessageContaining("docs/redis.md")
				.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("HSET", "RPUSH"));
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void keysThatAUserMayNotTouchAreNamed(RedisSource source) {
		String rule = RedisAclContractTests.rule("elsewhere");
		try (RedisProcess server = RedisServers.startFrom(source, rule);
				RedisStore store = new RedisStore(settings("acl", false),
						RedisTarget.standalone(server.server()).as("q", "secret").connections())) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("may not do what Q needs");
		}
	}

	/** A user that is made anew on Redis 7 may use no channel. */
	@ParameterizedTest
	@MethodSource(BINARIES)
	void channelsThatAUserMayNotUseAreNamed(RedisSource source) {
		String rule = RedisAclContractTests.rule("acl").replace("&acl:ends ", "");
		try (RedisProcess server = RedisServers.startFrom(source, rule);
				RedisStore store = new RedisStore(settings("acl", false),
						RedisTarget.standalone(server.server()).as("q", "secret").connections())) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("may not do what Q needs")
				.withMessageContaining("PUBLISH")
				.withMessageContaining("docs/redis.md");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void commandsThatAServerDoesNotKnowAreNamed(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source, "rename-command ZPOPMIN \"\"");
				RedisStore store = store(server, "renamed", false)) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("ZPOPMIN")
				.withMessageContaining("rename-command")
				.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("ZPOPMAX"));
		}
	}

	/** Nor one of those that are sent by themselves. */
	@ParameterizedTest
	@MethodSource(BINARIES)
	void aServerThatKnowsNoScriptsIsUnfit(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source, "rename-command EVAL \"\"");
				RedisStore store = store(server, "renamed", false)) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("EVAL")
				.withMessageContaining("rename-command")
				.satisfies((refusal) -> assertThat(refusal.getMessage()).hasSizeLessThan(300));
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void whatAServerRepeatsOfALoginIsNowhereInTheFailure(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source, "rename-command AUTH \"\"",
				"rename-command HELLO \"\"");
				RedisStore store = new RedisStore(settings("acl", false),
						RedisTarget.standalone(server.server()).as("q", "s3cret-word").connections())) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(store::connect)
				.withMessageContaining("unknown command")
				.withStackTraceContaining("unknown command")
				.satisfies((failure) -> assertThat(stackTrace(failure)).doesNotContain("s3cret-word"));
		}
	}

	@Test
	void aWrongPasswordIsNamedAsSuch() {
		try (RedisProcess server = RedisServers.start(RedisAclContractTests.rule("acl"));
				RedisStore store = new RedisStore(settings("acl", false),
						RedisTarget.standalone(server.server()).as("q", "wrong").connections())) {
			assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect)
				.withMessageContaining("spring.data.redis.password");
		}
	}

	@Test
	void refusalsLeaveNoConnectionsBehind() {
		try (RedisProcess server = RedisServers.start(); RedisStore store = store(server, "newer", false)) {
			server.command("SET", "newer:layout", "2");

			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(RedisServerException.class).isThrownBy(store::connect);
			}
			server.command("SET", "newer:layout", "1");
			store.connect();

			assertThat(Integer.parseInt(server.server().info("clients").get("connected_clients")))
				.as("the store's connection, and that of this question")
				.isLessThanOrEqualTo(3);
		}
	}

	@Test
	void aServerThatIsDownIsNoUnfitServer() {
		try (RedisProcess server = RedisServers.start(); RedisStore store = store(server, "down", false)) {
			server.stop();
			assertThatExceptionOfType(StoreException.class).isThrownBy(store::connect)
				.isNotInstanceOf(RedisServerException.class)
				.withMessageContaining(String.valueOf(server.port()));

			server.restart();

			assertThatCode(store::connect).doesNotThrowAnyException();
			assertThat(store.catalog().queues()).isEmpty();
		}
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static RedisStore store(RedisProcess server, String namespace, boolean allowEviction) {
		return new RedisStore(settings(namespace, allowEviction),
				RedisTarget.standalone(server.server()).connections());
	}

	private static RedisSettings settings(String namespace, boolean allowEviction) {
		return new RedisSettings(namespace, TIMEOUT, allowEviction);
	}

}
