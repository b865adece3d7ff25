package dev.q.test.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.q.test.server.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class LonelyPostgresTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

	private Process jvm;

	private long server;

	private Path folder;

	private Pattern memory;

	@BeforeEach
	void startAJvmWithAServer() throws IOException {
		String java = ProcessHandle.current().info().command().orElse("java");
		this.jvm = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				LonelyJvm.class.getName())
			.redirectError(Redirect.INHERIT)
			.start();
		BufferedReader reader = this.jvm.inputReader();
		this.server = Long.parseLong(lineAfter("pid ", reader));
		this.folder = Path.of(lineAfter("folder ", reader));
		assertThat(ProcessHandle.of(this.server)).isPresent();
		String numbers = Files.readAllLines(this.folder.resolve("data/postmaster.pid")).get(6).strip();
		this.memory = Pattern
			.compile("(?m)^\\s*\\S+\\s+%s\\s".formatted(numbers.substring(numbers.lastIndexOf(' ') + 1)));
		assertThat(SEGMENTS).content().containsPattern(this.memory);
	}

	@AfterEach
	void endTheJvm() {
		this.jvm.destroyForcibly();
	}

	@Test
	void theServerOfAJvmThatEndsGivesItsMemoryBack() throws Exception {
		this.jvm.getOutputStream().close();
		assertThat(this.jvm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

		assertThat(ProcessHandle.of(this.server)).isEmpty();
		assertThat(SEGMENTS).content().doesNotContainPattern(this.memory);
		Patience.until("its folder is cleared", LIMIT, () -> !Files.exists(this.folder.getParent()));
	}

	@Test
	void theServerOfAKilledJvmGivesItsMemoryBack() {
		this.jvm.destroyForcibly();

		Patience.until("the server is killed", LIMIT, () -> ProcessHandle.of(this.server).isEmpty());
		assertThat(SEGMENTS).content().doesNotContainPattern(this.memory);
		Patience.until("its folder is cleared", LIMIT, () -> !Files.exists(this.folder.getParent()));
	}

	private static String lineAfter(String word, BufferedReader reader) throws IOException {
		String line = reader.readLine();
		while (line != null && !line.startsWith(word)) {
			line = reader.readLine();
		}
		assertThat(line).as("a line that starts with '%s'", word).isNotNull();
		return line.substring(word.length());
	}

	/**
	 * The program of a JVM that starts a server and does not end it. It runs until its
	 * input is closed.
	 */
	interface LonelyJvm {

		static void main(String[] args) throws IOException {
			PostgresProcess server = PostgresServers.startFrom(PostgresSource.ARTIFACT18, Map.of());
			System.out.println("pid " + server.pid());
			System.out.println("folder " + server.folder());
			System.in.readAllBytes();
		}

	}

}
