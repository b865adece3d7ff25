package dev.q.test.scene;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.q.expert.QueueWorker;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.ports.SystemClock;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.InvariantSweep;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final int PRODUCERS = 2;

	/** Enough jobs to say that work goes on. */
	private static final int SOME = 50;

	/**
	 * Failed enqueues until a break is long: all pauses between attempts have grown by
	 * then.
	 */
	private static final int LONG_BREAK = 120;

	static Iterable<RedisSource> sources() {
		return RedisServers.binaries();
	}

	@ParameterizedTest
	@MethodSource("sources")
	void workGoesOnAfterEachRestartAndNothingAcknowledgedIsLost(RedisSource source) throws Exception {
		killAgainAndAgain(source, 3);
	}

	@Tag("deep")
	@ParameterizedTest
	@MethodSource("sources")
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	void workGoesOnAfterManyRestarts(RedisSource source) throws Exception {
		killAgainAndAgain(source, 25);
	}

	private static void killAgainAndAgain(RedisSource source, int kills) throws Exception {
		try (RedisProcess server = start(source); RedisStore store = Stores.open(server.port())) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				for (int i = 0; i < kills; i++) {
					awaitWork(load, PATIENCE);
					server.kill();
					int refused = load.refused();
					int downFor = (i == 0) ? LONG_BREAK : 1;
					Patience.until("the break is long enough", PATIENCE, () -> load.refused() >= refused + downFor);
					server.restart();
					awaitWork(load, LIMIT);
				}
				assertNothingIsLost(load, store);
				assertThat(worker.isRunning()).isTrue();
			}
		}
	}

	@Test
	@EnabledIf(value = "dev.q.test.scene.SlowDisk#isPossible",
			disabledReason = "strace is missing, or may not look into other processes here")
	void nothingAcknowledgedIsLostOnASlowDisk() throws Exception {
		try (RedisProcess server = start(RedisServers.binaries().get(0));
				RedisStore store = Stores.open(server.port())) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				awaitWork(load, PATIENCE);
				try (SlowDisk disk = SlowDisk.of(server.pid())) {
					int before = load.acknowledged().size();
					Patience.until("some jobs are stored, slowly", PATIENCE,
							() -> load.acknowledged().size() >= before + PRODUCERS);
					assertThat(disk.isAttached()).isTrue();
					server.kill();
				}
				server.restart();
				awaitWork(load, LIMIT);
				assertNothingIsLost(load, store);
				assertThat(worker.isRunning()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("sources")
	void workGoesOnWhenTheEndOfTheFileIsCutOff(RedisSource source) throws Exception {
		try (RedisProcess server = start(source); RedisStore store = Stores.open(server.port())) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				for (int bytes : new int[] { 1, 37, 4321 }) {
					awaitWork(load, PATIENCE);
					server.kill();
					Aof file = Aof.of(server);
					file.cutTo(file.size() - bytes);
					server.restart();
					mend(server);
					awaitWork(load, LIMIT);
				}
				drain(load, store);
				assertThat(worker.isRunning()).isTrue();
			}
			new InvariantSweep(store, new SystemClock().instant()).check();
		}
	}

	/**
	 * Redis cuts in the middle of a transaction whose end is missing, and ignores what is
	 * left of it until a later start finds another transaction behind it: then it applies
	 * both. Writing the file anew, as the guarantees say, is the remedy.
	 */
	private static void mend(RedisProcess server) {
		server.command("BGREWRITEAOF");
		Patience.until("the file is written anew", PATIENCE,
				() -> server.server().info("persistence").get("aof_rewrite_in_progress").equals("0"));
		assertThat(server.server().info("persistence")).containsEntry("aof_last_bgrewrite_status", "ok");
	}

	@ParameterizedTest
	@MethodSource("sources")
	void aSettlementIsRefusedOfAClaimThatTheServerForgot(RedisSource source) throws Exception {
		try (RedisProcess server = start(source); RedisStore store = Stores.open(server.port())) {
			Jobs jobs = new Jobs(store);
			jobs.enqueue(1, NodeMain.QUICK);
			HandWorker first = HandWorker.of(store, "w-1").on(Stores.QUEUE);
			Aof file = Aof.of(server);
			long beforeClaim = file.size();
			ClaimedJob forgotten = first.claimOne();
			server.kill();
			file.cutTo(beforeClaim);
			server.restart();
			HandWorker second = HandWorker.of(store, "w-2").on(Stores.QUEUE);
			Patience.until("the store is connected", LIMIT, () -> isConnected(store));
			ClaimedJob claimed = second.claimOne();
			assertThat(claimed.job().id()).isEqualTo(forgotten.job().id());
			// The number for the outside world starts over, so it cannot be the fence.
			assertThat(claimed.job().counters()).isEqualTo(forgotten.job().counters());
			assertThat(first.renew(forgotten)).isEqualTo(LeaseAnswer.LOST);
			assertThat(first.succeed(forgotten)).isEqualTo(LeaseAnswer.LOST);
			assertThat(second.succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		}
	}

	private static RedisProcess start(RedisSource source) {
		return RedisServers.startFrom(source, "appendonly yes", "appendfsync always");
	}

	private static boolean isConnected(RedisStore store) {
		try {
			return !store.catalog().queues().isEmpty();
		}
		catch (StoreException ex) {
			// Not yet.
			return false;
		}
	}

	/**
	 * Waits until jobs are stored and settled again.
	 */
	private static void awaitWork(Load load, Duration limit) {
		int acknowledged = load.acknowledged().size();
		int settled = load.settled().size();
		Patience.until("jobs are stored and settled again", limit,
				() -> load.acknowledged().size() > acknowledged + SOME && load.settled().size() > settled + SOME);
	}

	private static void drain(Load load, RedisStore store) {
		load.stop();
		Jobs jobs = new Jobs(store);
		Patience.until("all jobs are done", PATIENCE, () -> jobs.count(JobState.READY) == 0
				&& jobs.count(JobState.RUNNING) == 0 && jobs.count(JobState.RETRYING) == 0);
	}

	private static void assertNothingIsLost(Load load, RedisStore store) {
		drain(load, store);
		Jobs jobs = new Jobs(store);
		assertThat(load.runs().keySet()).containsAll(load.acknowledged().keySet());
		assertThat(jobs.find(load.acknowledged().keySet())).hasSameSizeAs(load.acknowledged().keySet())
			.extracting(JobDetails::state)
			.containsOnly(JobState.SUCCEEDED);
		assertThat(load.runAfterSettled()).isEmpty();
		for (JobDetails details : jobs.find(load.runs().keySet())) {
			JobCounters counters = details.job().counters();
			assertThat(counters.failures()).as("failures of %s", details).isZero();
			assertThat(load.runs().get(details.id())).as("runs of %s", details)
				.isLessThanOrEqualTo(1 + counters.crashes() + counters.releases());
		}
		new InvariantSweep(store, new SystemClock().instant()).check();
	}

}
