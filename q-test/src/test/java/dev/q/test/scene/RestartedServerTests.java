package dev.q.test.scene;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.q.expert.QueueWorker;
import dev.q.store.JobStore;
import dev.q.test.scene.host.Host;
import dev.q.test.server.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that syncs each write is killed with -9 under load, and started again.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RestartedServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** From the moment when the server answers again, as promised. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	/** What goes by after the first new connection, at most. */
	private static final Duration AFTER_CONNECTION = Duration.ofSeconds(3);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final int PRODUCERS = 2;

	/** All pauses between attempts have grown by then. */
	private static final Duration LONG_BREAK = Duration.ofSeconds(4);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#everyVersion")
	void workGoesOnAfterEachRestartAndNothingAcknowledgedIsLost(Host.Kind kind) {
		killAgainAndAgain(kind, 3);
	}

	@Tag("deep")
	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#everyVersion")
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	void workGoesOnAfterManyRestarts(Host.Kind kind) {
		killAgainAndAgain(kind, 25);
	}

	private static void killAgainAndAgain(Host.Kind kind, int kills) {
		try (Host host = kind.start(); JobStore store = host.open()) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				for (int i = 0; i < kills; i++) {
					load.awaitWork(PATIENCE);
					host.kill();
					long from = System.nanoTime();
					int refused = load.refused();
					boolean isLong = i == 0;
					Patience.until("the break is long enough", PATIENCE, () -> load.refused() > refused
							&& (!isLong || System.nanoTime() - from > LONG_BREAK.toNanos()));
					host.restart();
					load.awaitWork(isLong ? host.longestPause().plus(AFTER_CONNECTION) : LIMIT);
				}
				new Aftermath(load, store).assertNothingIsLost(host.remembersClaims() ? 0 : kills);
				assertThat(worker.isRunning()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	@EnabledIf(value = "dev.q.test.scene.SlowDisk#isPossible",
			disabledReason = "strace is missing, or may not look into other processes here")
	void nothingAcknowledgedIsLostOnASlowDisk(Host.Kind kind) throws Exception {
		try (Host host = kind.start(); JobStore store = host.open()) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				load.awaitWork(PATIENCE);
				try (SlowDisk disk = SlowDisk.of(host.pid())) {
					int before = load.acknowledged().size();
					Patience.until("some jobs are stored, slowly", PATIENCE,
							() -> load.acknowledged().size() >= before + PRODUCERS);
					assertThat(disk.isAttached()).isTrue();
					host.kill();
				}
				host.restart();
				load.awaitWork(LIMIT);
				new Aftermath(load, store).assertNothingIsLost(host.remembersClaims() ? 0 : 1);
				assertThat(worker.isRunning()).isTrue();
			}
		}
	}

}
