package dev.q.test.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerRoomTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private Process jvm;

	private long server;

	private Path folder;

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
	}

	@AfterEach
	void endTheJvm() {
		this.jvm.destroyForcibly();
	}

	@Test
	void theServersOfAKilledJvmEnd() {
		this.jvm.destroyForcibly();

		Patience.until("the server is killed", LIMIT, this::isServerGone);
		Patience.until("its folder is cleared", LIMIT, () -> !Files.exists(this.folder.getParent()));
	}

	@Test
	void theServersOfAJvmThatEndsAreGoneWithIt() throws Exception {
		this.jvm.getOutputStream().close();
		assertThat(this.jvm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

		assertThat(isServerGone()).isTrue();
		Patience.until("its folder is cleared", LIMIT, () -> !Files.exists(this.folder.getParent()));
	}

	private boolean isServerGone() {
		return ProcessHandle.of(this.server).isEmpty();
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
			RedisProcess server = RedisServers.startFrom(RedisSource.ARTIFACT);
			System.out.println("pid " + server.pid());
			System.out.println("folder " + server.folder());
			System.in.readAllBytes();
		}

	}

}
