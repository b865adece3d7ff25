package dev.q.test.scene;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.q.store.redis.RedisStore;
import dev.q.test.scene.host.RedisHost;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisConnection;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code appendfsync everysec} loses of jobs that were acknowledged, when the server
 * is killed with -9. What a machine loses with its power cannot be tried like this: what
 * was written outlives the process.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EverysecTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Redis puts a write off for up to 2 s while a sync is under way, and looks ten times
	 * a second.
	 */
	private static final Duration WINDOW = Duration.ofMillis(2_500);

	private static final int JOBS = 500;

	private static final Duration PAUSE = Duration.ofMillis(1);

	private static final String SLOW_DISK = "dev.q.test.scene.SlowDisk#isPossible";

	private static final String NO_STRACE = "strace is missing, or may not look into other processes here";

	@Test
	@EnabledIf(value = SLOW_DISK, disabledReason = NO_STRACE)
	void nothingIsLostThatWasWrittenEvenIfItWasNotSynced() throws Exception {
		try (RedisProcess server = start();
				RedisStore store = Stores.open(server.port());
				Load load = Load.of(store, 2, PAUSE)) {
			load.awaitJobs(JOBS);
			try (SlowDisk disk = SlowDisk.of(server.pid())) {
				load.awaitJobs(load.acknowledged().size() + JOBS);
				load.stop();
				awaitWritten(server);
				assertThat(disk.isAttached()).isTrue();
				assertThat(killed(server, store, load)).isZero();
			}
		}
	}

	@Test
	@EnabledIf(value = SLOW_DISK, disabledReason = NO_STRACE)
	void upToTwoSecondsAreLostOnASlowDisk() throws Exception {
		assertThat(lossOnSlowDisk(Duration.ofMillis(900))).as("jobs lost, else this shows nothing").isPositive();
	}

	@Test
	@Tag("deep")
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	@EnabledIf(value = SLOW_DISK, disabledReason = NO_STRACE)
	void manyKillsLoseNoMore() throws Exception {
		int lost = 0;
		for (int i = 0; i < 12; i++) {
			lossOnThisDisk();
			lost += lossOnSlowDisk(Duration.ofMillis(150L * i));
		}
		assertThat(lost).isPositive();
	}

	/**
	 * Kills a server under load.
	 */
	private static void lossOnThisDisk() throws Exception {
		try (RedisProcess server = start();
				RedisStore store = Stores.open(server.port());
				Load load = Load.of(store, 2, PAUSE)) {
			load.awaitJobs(JOBS);
			int lost = killed(server, store, load);
			assertThat(lost).isLessThan(JOBS);
		}
	}

	/**
	 * Kills a server under load whose disk is slow.
	 * @param delay for how long writes must have been put off by then
	 * @return how many acknowledged jobs it has lost
	 */
	private static int lossOnSlowDisk(Duration delay) throws Exception {
		try (RedisProcess server = start();
				RedisStore store = Stores.open(server.port());
				Load load = Load.of(store, 2, PAUSE)) {
			load.awaitJobs(JOBS);
			try (SlowDisk disk = SlowDisk.of(server.pid())) {
				load.awaitJobs(load.acknowledged().size() + JOBS);
				awaitUnwritten(server, delay);
				assertThat(disk.isAttached()).isTrue();
				return killed(server, store, load);
			}
		}
	}

	private static RedisProcess start() {
		return RedisServers.start("appendonly yes", "appendfsync everysec");
	}

	/**
	 * Kills the server, starts it again, and counts acknowledged jobs that are gone.
	 */
	private static int killed(RedisProcess server, RedisStore store, Load load) {
		Loss loss = Loss.byKill(new RedisHost(server), store, load);
		assertThat(loss.window()).isLessThan(WINDOW);
		return loss.jobs().size();
	}

	/**
	 * Waits until the server has handed all writes to the system.
	 */
	private static void awaitWritten(RedisProcess server) {
		Patience.until("all is written", PATIENCE,
				() -> server.server().info("persistence").get("aof_buffer_length").equals("0"));
	}

	/**
	 * Waits until the server has put off its writes for some time without a break.
	 */
	private static void awaitUnwritten(RedisProcess server, Duration delay) {
		try (RedisConnection connection = server.server().connect()) {
			long[] writtenAt = { System.nanoTime() };
			Patience.until("writes are put off", PATIENCE, () -> {
				String facts = String.valueOf(connection.call("INFO", "persistence"));
				if (facts.contains("aof_buffer_length:0\r\n")) {
					writtenAt[0] = System.nanoTime();
				}
				return System.nanoTime() - writtenAt[0] > delay.toNanos();
			});
		}
	}

}
