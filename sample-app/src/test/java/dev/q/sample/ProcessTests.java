package dev.q.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.sample.web.HttpSample;
import dev.q.test.server.RedisServers;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as a process of its own.
 */
class ProcessTests {

	@TempDir
	private Path directory;

	@Test
	void jsonIsTheOnlyLineOnStandardOutputAndNoPortIsOpened() throws Exception {
		TestTree.fill(this.directory.resolve("tree"), 20);
		Files.writeString(this.directory.resolve("tree/no-line-feed"), "x");

		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			// A web server on this port could not start.
			int exit = run("--scan=tree", "--json", "--server.port=" + taken.getLocalPort());

			assertThat(exit).as(err()).isZero();
		}
		List<String> lines = Files.readAllLines(this.directory.resolve("out"));
		assertThat(lines).hasSize(1);
		JsonNode report = JsonMapper.shared().readTree(lines.get(0));
		assertThat(report.get("files").intValue()).isEqualTo(21);
		assertThat(report.get("bytes").intValue()).isEqualTo(20 * TestTree.CONTENT.length() + 1);
		assertThat(report.get("lines").intValue()).isEqualTo(20);
		assertThat(report.get("jobs").intValue()).isEqualTo(25);
		assertThat(report.get("retried").intValue()).isEqualTo(1);
		assertThat(report.get("dead").intValue()).isEqualTo(1);
		assertThat(report.get("jobsPerSecond").doubleValue()).isPositive();
	}

	@Test
	void logsGoToStandardErrorAndShowNoStackTrace() throws Exception {
		assertThat(run("--scan=.")).isZero();

		assertThat(err()).contains("drill-stumble", "drill-missing-file", "100%")
			.doesNotContain("\tat ", "warn-of-loss");
		assertThat(Files.readString(this.directory.resolve("out"))).doesNotContain("drill").contains("jobs per second");
	}

	@Test
	void theExitCodeTellsOfMisuse() throws Exception {
		assertThat(run("--scan=missing")).isEqualTo(2);

		assertThat(err()).startsWith("--scan=missing: ").hasLineCount(1);
		assertThat(this.directory.resolve("out")).isEmptyFile();
	}

	@Test
	void onRedisAScanMayBeWorkedByAnotherProcess() throws Exception {
		assertAScanIsWorkedByAnotherProcess("--spring.profiles.active=redis", "--q.redis.namespace=sample-process",
				"--spring.data.redis.host=" + RedisServers.shared().host(),
				"--spring.data.redis.port=" + RedisServers.shared().port());
	}

	@Test
	void onPostgresAScanMayBeWorkedByAnotherProcess() throws Exception {
		try (PostgresPlace database = PostgresServers.shared().freshDatabase()) {
			assertAScanIsWorkedByAnotherProcess(onPostgres(database));
		}
	}

	@Test
	void aJobWhoseTransactionIsRolledBackIsNowhere() throws Exception {
		try (PostgresPlace database = PostgresServers.shared().freshDatabase()) {
			int exit = run(with("--show-rollback", onPostgres(database)));

			assertThat(exit).as(err()).isZero();
		}
		assertThat(Files.readAllLines(this.directory.resolve("out"))).containsExactly(
				"In a transaction: the order is there, the job is JOINED",
				"After its rollback: the order is nowhere, the job is nowhere",
				"In a transaction: the order is there, the job is JOINED",
				"After its commit: the order is there, the job is there");
	}

	@Test
	void withoutADatabaseThereIsNothingToRollBack() throws Exception {
		assertThat(run("--show-rollback", "--q.memory.warn-of-loss=false")).isEqualTo(2);

		assertThat(err()).contains("--spring.profiles.active=postgres");
	}

	private static String[] onPostgres(PostgresPlace database) {
		return new String[] { "--spring.profiles.active=postgres", "--spring.datasource.url=" + database.url(),
				"--spring.datasource.username=" + database.server().user(),
				"--spring.datasource.password=" + database.server().password() };
	}

	private void assertAScanIsWorkedByAnotherProcess(String... shared) throws Exception {
		TestTree.fill(this.directory.resolve("tree"), 20);
		try (HttpSample worker = HttpSample.start(this.directory, shared)) {
			int exit = run(with("--scan=tree", with("--json", with("--q.worker.enabled=false", shared))));

			assertThat(exit).as(err()).isZero();
			assertThat(worker.get("/actuator/health").status()).isEqualTo(200);
		}
		JsonNode report = JsonMapper.shared().readTree(this.directory.resolve("out"));
		assertThat(report.get("files").intValue()).isEqualTo(20);
		assertThat(report.get("dead").intValue()).isEqualTo(1);
	}

	private static String[] with(String first, String... others) {
		return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
	}

	private String err() throws IOException {
		return Files.readString(this.directory.resolve("err"));
	}

	private int run(String... args) throws Exception {
		// Classes for tests may bring another configuration of the log, which would come
		// first.
		ProcessBuilder process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dlogging.config=classpath:logback-spring.xml", "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName());
		process.command().addAll(List.of(args));
		process.directory(this.directory.toFile());
		process.redirectOutput(this.directory.resolve("out").toFile());
		process.redirectError(this.directory.resolve("err").toFile());
		Process started = process.start();
		try {
			assertThat(started.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
			return started.exitValue();
		}
		finally {
			started.destroyForcibly();
		}
	}

}
