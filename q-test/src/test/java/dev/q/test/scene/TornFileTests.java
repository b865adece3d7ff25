package dev.q.test.scene;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.q.expert.QueueWorker;
import dev.q.ports.SystemClock;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.InvariantSweep;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that loses the end of the file to which it appends.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TornFileTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** From the moment when the server answers again, as promised. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final int PRODUCERS = 2;

	@ParameterizedTest
	@MethodSource("dev.q.test.server.RedisServers#binaries")
	void workGoesOnWhenTheEndOfTheFileIsCutOff(RedisSource source) throws Exception {
		try (RedisProcess server = start(source); RedisStore store = Stores.open(server.port())) {
			try (Load load = Load.of(store, PRODUCERS, PAUSE); QueueWorker worker = load.work()) {
				for (int bytes : new int[] { 1, 37, 4321 }) {
					load.awaitWork(PATIENCE);
					server.kill();
					Aof file = Aof.of(server);
					file.cutTo(file.size() - bytes);
					server.restart();
					mend(server);
					load.awaitWork(LIMIT);
				}
				new Aftermath(load, store).drain();
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
	@MethodSource("dev.q.test.server.RedisServers#binaries")
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

}
