package dev.q.test.scene;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisStore;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisConnection;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code appendfsync everysec} loses of jobs that were acknowledged, when the server
 * is killed with -9. What a machine loses with its power cannot be tried like this: what
 * was written outlives the process.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EverysecTests {

	private static final Logger logger = LoggerFactory.getLogger(EverysecTests.class);

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
			awaitJobs(load, JOBS);
			try (SlowDisk disk = SlowDisk.of(server.pid())) {
				awaitJobs(load, load.acknowledged().size() + JOBS);
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
			awaitJobs(load, JOBS);
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
			awaitJobs(load, JOBS);
			try (SlowDisk disk = SlowDisk.of(server.pid())) {
				awaitJobs(load, load.acknowledged().size() + JOBS);
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
		long killedAt = System.nanoTime();
		server.kill();
		load.stop();
		server.restart();
		Map<JobId, Long> acknowledged = load.acknowledged();
		Patience.until("the store is connected", PATIENCE, () -> isConnected(store));
		Set<JobId> lost = new HashSet<>(acknowledged.keySet());
		lost.removeAll(found(store, acknowledged.keySet()));
		Duration window = Duration
			.ofNanos(lost.stream().mapToLong((id) -> killedAt - acknowledged.get(id)).max().orElse(0));
		logger.info("Of {} acknowledged jobs {} are lost, the oldest one {} ms old", acknowledged.size(), lost.size(),
				window.toMillis());
		assertThat(window).isLessThan(WINDOW);
		return lost.size();
	}

	private static Set<JobId> found(RedisStore store, Collection<JobId> ids) {
		Set<JobId> found = new HashSet<>();
		for (JobDetails details : store.catalog().find(Stores.QUEUE, ids)) {
			found.add(details.id());
		}
		return found;
	}

	private static boolean isConnected(RedisStore store) {
		try {
			store.catalog().queues();
			return true;
		}
		catch (StoreException ex) {
			// Not yet.
			return false;
		}
	}

	private static void awaitJobs(Load load, int count) {
		Patience.until("jobs are stored", PATIENCE, () -> load.acknowledged().size() >= count);
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
