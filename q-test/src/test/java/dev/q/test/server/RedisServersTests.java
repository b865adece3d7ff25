package dev.q.test.server;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RedisServersTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	@Test
	void theSharedServerAnswersAndStaysTheSame() {
		RedisServer server = RedisServers.shared();

		assertThat(server.command("PING")).isEqualTo("PONG");
		assertThat(server.info("server")).containsEntry("redis_version", server.version());
		assertThat(RedisServers.shared()).isSameAs(server);
		assertThat(RedisServers.shared(server.source())).isSameAs(server);
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void eachProgramGivesASharedServer(RedisSource source) {
		RedisServer server = RedisServers.shared(source);

		assertThat(server.source()).isEqualTo(source);
		assertThat(server.url()).isEqualTo("redis://127.0.0.1:" + server.port());
		assertThat(server).hasToString("Redis %s (%s) on port %d".formatted(server.version(), source, server.port()));
		assertThat(server.info("server")).containsEntry("redis_version", server.version());
	}

	@Test
	void theArtifactIsOfTheOldestVersionThatIsPromised() {
		assertThat(RedisServers.shared(RedisSource.ARTIFACT).version()).startsWith("6.2.");
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKilledServerComesBackWithWhatItHadWritten(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source, "appendonly yes", "appendfsync always")) {
			long pid = server.pid();
			server.command("SET", "kept", "yes");

			server.kill();

			assertThat(server.isAlive()).isFalse();
			assertThat(ProcessHandle.of(pid)).isEmpty();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> server.command("PING"));

			server.restart();

			assertThat(server.pid()).isNotEqualTo(pid);
			assertThat(server.command("GET", "kept")).isEqualTo("yes");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aStoppedServerEndsInOrder(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source)) {
			server.stop();

			assertThat(server.isAlive()).isFalse();
			assertThat(server.log()).contains("Received SIGTERM", "Redis is now ready to exit");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aRestartEndsTheServerFirst(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source)) {
			server.command("SET", "in memory", "only");

			server.restart();

			assertThat(server.command("DBSIZE")).isEqualTo(0L);
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void memoryCanBeLimited(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source, "maxmemory 20mb")) {
			assertThat(server.command("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "20971520"));
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void usersCanBeGivenByTheirRules(RedisSource source) {
		try (RedisProcess process = RedisServers.startFrom(source, "user default off",
				"user q on >secret ~q:* &* +@all")) {
			assertThatExceptionOfType(RedisErrorReply.class).isThrownBy(() -> process.command("GET", "q:a"))
				.extracting(RedisErrorReply::code)
				.isEqualTo("NOAUTH");

			RedisServer server = RedisServer.at(RedisSource.URL,
					URI.create("redis://q:secret@127.0.0.1:%d/3".formatted(process.port())));

			assertThat(server.version()).isEqualTo(process.server().version());
			assertThat(server.command("SET", "q:a", "1")).isEqualTo("OK");
			assertThat(server.info("keyspace")).containsKey("db3");
			assertThat(server).asString().doesNotContain("secret");
			assertThatExceptionOfType(RedisErrorReply.class).isThrownBy(() -> server.command("SET", "other", "1"))
				.extracting(RedisErrorReply::code)
				.isEqualTo("NOPERM");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void oneConnectionKeepsItsState(RedisSource source) {
		try (RedisConnection connection = RedisServers.shared(source).connect()) {
			connection.call("MULTI");
			connection.call("ECHO", "grüße");
			connection.call("EVAL", "return {1, false, redis.error_reply('ERR no')}", "0");
			List<?> replies = (List<?>) connection.call("EXEC");

			assertThat(replies).hasSize(2);
			assertThat(replies.get(0)).isEqualTo("grüße");
			assertThat((List<?>) replies.get(1)).hasSize(3).first().isEqualTo(1L);
			assertThat(((List<?>) replies.get(1)).get(1)).isNull();
			assertThat(((List<?>) replies.get(1)).get(2)).isInstanceOf(RedisErrorReply.class)
				.hasToString("dev.q.test.server.RedisErrorReply: ERR no");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aServerThatDoesNotStartSaysWhy(RedisSource source) {
		assertThatIllegalStateException().isThrownBy(() -> RedisServers.startFrom(source, "no-such-option 1"))
			.withMessageContaining("Bad directive");
	}

	@Test
	void aClosedServerLeavesNothing() {
		RedisProcess server = RedisServers.start();
		Path folder = server.folder();

		server.close();

		assertThat(server.isAlive()).isFalse();
		assertThat(folder).doesNotExist();
	}

	@Test
	void aUrlGivesNoServersOfATestsOwn() {
		assertThatIllegalArgumentException().isThrownBy(() -> RedisServers.binary(RedisSource.URL).version())
			.withMessageContaining("'url'");
	}

	@Test
	void anAddressThatIsNotPlainRedisIsRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> RedisServer.at(RedisSource.URL, URI.create("rediss://q:secret@localhost:6379")))
			.withMessageContaining("rediss://localhost:6379")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

}
