package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisReplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica is promoted that has not heard the last of its master.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FailoverTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void whatTheReplicaHasNotHeardIsLostAndSettlesNothing() {
		try (RedisReplication pair = RedisReplication.start();
				RedisStore before = Stores.open(pair.master().port());
				RedisStore after = Stores.open(pair.replica().port())) {
			pair.awaitLink();
			List<JobId> heard = new Jobs(before).enqueue(1, NodeMain.QUICK);
			Patience.until("the replica has the job", PATIENCE, () -> knowsQueue(pair));
			pair.promoteReplica();
			List<JobId> unheard = new Jobs(before).enqueue(1, NodeMain.QUICK);
			HandWorker first = HandWorker.of(before, "w-1").on(Stores.QUEUE);
			ClaimedJob stale = first.claimOne();
			pair.master().kill();
			Jobs jobs = new Jobs(after);
			assertThat(jobs.find(unheard)).as("acknowledged by the old master alone").isEmpty();
			assertThat(jobs.count(JobState.READY)).isEqualTo(1);
			HandWorker second = HandWorker.of(after, "w-2").on(Stores.QUEUE);
			ClaimedJob claimed = second.claimOne();
			assertThat(claimed.job().id()).isEqualTo(stale.job().id()).isEqualTo(heard.get(0));
			assertThat(second.succeed(stale)).isEqualTo(LeaseAnswer.LOST);
			assertThat(second.succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		}
	}

	private static boolean knowsQueue(RedisReplication pair) {
		return Long.valueOf(1).equals(pair.replica().command("HLEN", "scene:{scene}:jobs"));
	}

}
