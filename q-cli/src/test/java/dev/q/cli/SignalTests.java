package dev.q.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.q.JobRequest;
import dev.q.admin.JobFilter;
import dev.q.cli.Place.Kind;
import dev.q.job.Job;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What the jar leaves behind when its process is asked to end.
 */
@Tag("packaged")
@Timeout(60)
class SignalTests extends JarProcess {

	/**
	 * By SIGTERM: 128 and the number of the signal. Ctrl-C sends another one, with the
	 * same effect, but what runs in the background of a shell is deaf to that.
	 */
	private static final int TERMINATED = 128 + 15;

	@Test
	void aSignalEndsItAtOnce() throws Exception {
		try (Place place = Place.on(Kind.REDIS)) {
			Process process = start(place.environment(), "enqueue", "mail", "--payload", "-");
			// It waits for its input from here on, or is about to.
			process.getOutputStream().write('[');
			process.getOutputStream().flush();

			assertThat(new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor()).isZero();

			assertThat(process.waitFor()).isEqualTo(TERMINATED);
			assertThat(errors()).isEmpty();
			assertThat(place.admin().queues()).isEmpty();
		}
	}

	@Test
	void aSignalWhileJobsAreChangedLeavesTheAccountOfWhatWasDone() throws Exception {
		try (Place place = Place.on(Kind.POSTGRES)) {
			assumeThat(Path.of("/proc/self/task")).as("Linux alone shows the threads of a process").exists();
			place.jobs().enqueueAll(Collections.nCopies(10_000, JobRequest.of("scan", "a")));
			Process process;
			try (Connection other = connect(place); Statement statement = other.createStatement()) {
				other.setAutoCommit(false);
				// Whoever changes a job waits from here on.
				statement.execute(
						"lock table %s.q_job in share mode".formatted(place.environment().get("Q_POSTGRES_SCHEMA")));
				process = start(place.environment(), "hold", "--all", "--yes", "--verbose");
				assertThat(process.inputReader().readLine()).isEqualTo("10000 jobs to hold");
				// By SIGTERM.
				process.toHandle().destroy();
				Patience.until("it knows of the signal", Duration.ofSeconds(30), () -> isInterrupted(process));
			}

			List<String> out = process.inputReader().lines().toList();

			assertThat(process.waitFor()).isEqualTo(TERMINATED);
			long held = place.admin().search(JobFilter.ALL, 10_000, null).items().stream().filter(Job::isHeld).count();
			assertThat(out).containsExactly("%d looked at, %d meant, %d changed".formatted(held, held, held));
			assertThat(errors()).contains("hold (", "count " + held, "q: Stopped after %d jobs".formatted(held));
		}
	}

	@Test
	void aSignalWhileLinesAreWaitedForLeavesTheAccountOfWhatIsStored() throws Exception {
		try (Place place = Place.on(Kind.REDIS)) {
			Process process = start(place.environment(), "enqueue", "mail", "--payload", "-", "--lines");
			process.getOutputStream().write("1\n2\n".getBytes(StandardCharsets.UTF_8));
			process.getOutputStream().flush();
			Patience.until("the lines are stored", Duration.ofSeconds(30),
					() -> place.admin().search(JobFilter.ALL, 5, null).items().size() == 2);
			process.toHandle().destroy();

			assertThat(process.inputReader().lines()).containsExactly("2 jobs, 2 STORED");
			assertThat(process.waitFor()).isEqualTo(TERMINATED);
			assertThat(errors().lines())
				.containsExactly("q: Stopped. Lines 1 to 2 are stored, and nothing after them: go on with line 3");
		}
	}

	@Test
	void aSignalWhileAJobIsSentLeavesTheComplaintThatNamesItsId() throws Exception {
		try (RedisProcess redis = RedisServers.start()) {
			Map<String, String> environment = Map.of("Q_STORE", "redis", "SPRING_DATA_REDIS_URL", redis.url(),
					"Q_REDIS_TIMEOUT", "60s");
			assertThat(run(environment, "migrate").code()).isZero();
			redis.command("CLIENT", "PAUSE", "60000", "WRITE");
			Process process = start(environment, "enqueue", "mail");
			Patience.until("it waits for its answer", Duration.ofSeconds(30),
					() -> String.valueOf(redis.command("CLIENT", "LIST")).contains("cmd=eval"));

			process.toHandle().destroy();
			Patience.until("it knows of the signal", Duration.ofSeconds(30), () -> isInterrupted(process));
			redis.kill();

			assertThat(process.waitFor()).isEqualTo(TERMINATED);
			assertThat(errors().lines()).singleElement().asString().matches("q: Job \\S+ may be stored or not: .*");
		}
	}

	/** Whether the thread runs that the process starts at a signal. */
	private static boolean isInterrupted(Process process) {
		try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(process.pid())))) {
			return threads.anyMatch((thread) -> isNamed(thread, "interrupted"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Threads come and go meanwhile. */
	private static boolean isNamed(Path thread, String name) {
		try {
			return Files.readString(thread.resolve("comm")).strip().equals(name);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Connection connect(Place place) throws SQLException {
		Map<String, String> environment = place.environment();
		return DriverManager.getConnection(environment.get("SPRING_DATASOURCE_URL"),
				environment.get("SPRING_DATASOURCE_USERNAME"), environment.get("SPRING_DATASOURCE_PASSWORD"));
	}

}
