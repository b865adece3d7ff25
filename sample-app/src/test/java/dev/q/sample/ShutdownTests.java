package dev.q.sample;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.q.drill.Drill;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM, sent to the packaged sample in the middle of a scan. All threads for files are
 * held by handlers of the {@link Drill} by then, so that the scan cannot end.
 */
@Tag("packaged")
@Timeout(180)
class ShutdownTests {

	private static final int FILES = 3000;

	private static final int HELD = 4;

	/** What the application has beside its shutdown timeout, as it promises. */
	private static final Duration HANDBACK = Duration.ofSeconds(2);

	/** What the virtual machine may take to notice the signal and to end. */
	private static final Duration JVM = Duration.ofSeconds(1);

	/** By SIGTERM: 128 and the number of the signal. */
	private static final int TERMINATED = 128 + 15;

	private static final Pattern LOST = Pattern
		.compile("(\\d+) jobs had not ended, and are lost with the memory of this process: (.*)");

	@TempDir
	private Path root;

	@BeforeEach
	void fill() throws IOException {
		TestTree.fill(this.root.resolve("tree"), FILES);
	}

	@Test
	void whatRunsIsFinishedWhatIsAskedIsAnsweredAndTheRestIsReported() throws Exception {
		Duration timeout = Duration.ofSeconds(8);
		try (SampleServer server = start(timeout, HELD, 0)) {
			String scan = scanUntilHeld(server);
			CompletableFuture<HttpResponse<String>> open = open(server, scan + "?wait=5s");

			long signal = terminate(server);
			server.log().await("Commencing graceful shutdown");
			assertThat(open).isNotDone();
			requireRefusal(server);
			server.openGate();
			server.ledger().await("^Finished patient", HELD);
			HttpResponse<String> answer = open.get();
			int exit = server.awaitExit();
			requireEnd(signal, timeout);

			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(JsonMapper.shared().readTree(answer.body()).path("state").asString()).isEqualTo("RUNNING");
			assertThat(exit).isEqualTo(TERMINATED);
			Ledger ledger = new Ledger(server.ledger().all());
			assertThat(ledger.count("Succeeded", "patient")).isEqualTo(HELD);
			requireBalance(server, ledger);
		}
	}

	@Test
	void whatOverrunsIsInterruptedAndHandedBack() throws Exception {
		Duration timeout = Duration.ofSeconds(1);
		try (SampleServer server = start(timeout, HELD - 1, 1)) {
			scanUntilHeld(server);

			long signal = terminate(server);
			int exit = server.awaitExit();
			requireEnd(signal, timeout);

			assertThat(exit).isEqualTo(TERMINATED);
			Ledger ledger = new Ledger(server.ledger().all());
			assertThat(ledger.count("Interrupted", "patient")).isEqualTo(HELD - 1);
			assertThat(ledger.count("Released", "patient")).isEqualTo(HELD - 1);
			assertThat(ledger.count("Interrupted", "stubborn")).isEqualTo(1);
			assertThat(ledger.count("Released", "stubborn")).isEqualTo(1);
			assertThat(ledger.unfinished()).containsEntry(Drill.QUEUE, (long) HELD);
			requireBalance(server, ledger);
		}
	}

	private SampleServer start(Duration timeout, int patient, int stubborn) throws Exception {
		return SampleServer.start(this.root, "--q.worker.shutdown-timeout=" + timeout, "--q.worker.concurrency=" + HELD,
				"--q.worker.queues=%s,drills,files-small,files-large,report".formatted(Drill.QUEUE),
				"--drill.patient=" + patient, "--drill.stubborn=" + stubborn);
	}

	/**
	 * Starts a scan and waits until the drill holds all threads.
	 * @return the address of the scan
	 */
	private static String scanUntilHeld(SampleServer server) throws Exception {
		HttpResponse<String> accepted = server.scan("tree").get();
		assertThat(accepted.statusCode()).isEqualTo(202);
		server.ledger().await("^Begun ", HELD);
		return accepted.headers().firstValue("Location").orElseThrow();
	}

	/**
	 * Sends a request and waits until the server has it.
	 */
	private static CompletableFuture<HttpResponse<String>> open(SampleServer server, String path) throws Exception {
		int before = server.ledger().await("^Request$", 1).size();
		CompletableFuture<HttpResponse<String>> answer = server.get(path);
		server.ledger().await("^Request$", before + 1);
		return answer;
	}

	private static long terminate(SampleServer server) {
		server.terminate();
		return System.nanoTime();
	}

	/**
	 * Between what is logged and the closing of the port there are some instructions, and
	 * no event. As long as the open request is not answered the process does not end.
	 */
	private static void requireRefusal(SampleServer server) throws Exception {
		boolean refused = false;
		for (int i = 0; i < 10_000 && !refused; i++) {
			try (Socket accepted = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
				assertThat(accepted.isConnected()).isTrue();
			}
			catch (ConnectException ex) {
				refused = true;
			}
			catch (SocketException ex) {
				assertThat(ex).as("a connection that the closing port cut off; the next is refused")
					.hasMessageContaining("reset");
			}
		}
		assertThat(refused).as("a new connection is refused").isTrue();
	}

	private static void requireEnd(long signal, Duration timeout) {
		Duration took = Duration.ofNanos(System.nanoTime() - signal);
		System.out.println("From SIGTERM to the exit: %d ms, of at most %s + %s + %s for the virtual machine"
			.formatted(took.toMillis(), timeout, HANDBACK, JVM));
		assertThat(took).isLessThanOrEqualTo(timeout.plus(HANDBACK).plus(JVM));
	}

	/**
	 * Each job that was stored has ended once, or is among those that are reported lost.
	 */
	private static void requireBalance(SampleServer server, Ledger ledger) throws Exception {
		MatchResult lost = server.log().await(LOST.pattern());
		Map<String, Long> reported = new TreeMap<>();
		for (String queue : lost.group(2).split("; ", -1)) {
			long count = Pattern.compile("(\\d+) [A-Z]+")
				.matcher(queue)
				.results()
				.mapToLong((state) -> Long.parseLong(state.group(1)))
				.sum();
			reported.put(queue.replaceFirst("queue (.*): .*", "$1"), count);
		}
		assertThat(reported).isEqualTo(ledger.unfinished()).containsKeys("files-small", "report");
		assertThat(reported.values().stream().mapToLong(Long::longValue).sum())
			.isEqualTo(Long.parseLong(lost.group(1)));
		assertThat(ledger.countedTwice()).isEmpty();
		assertThat(ledger.count("Succeeded", "index-file")).isBetween((long) Drill.FILES, (long) FILES - 1);
	}

}
