package dev.q.test.redis;

import java.time.Duration;
import java.util.List;

import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisSentinel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store whose master changes: calls fail for a while, and then go to the new master.
 */
class RedisFailoverTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private RedisReplication pair;

	@BeforeEach
	void start() {
		this.pair = RedisReplication.start();
	}

	@AfterEach
	void stop() {
		this.pair.close();
	}

	@Test
	void aMasterThatBecameAReplicaIsNamedAndGivenUp() {
		try (RedisStore store = store(RedisTarget.standalone(this.pair.master().server()))) {
			insert(store);
			this.pair.master().command("REPLICAOF", "127.0.0.1", "1");

			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> insert(store))
				.withMessageContaining("replica");

			this.pair.master().command("REPLICAOF", "NO", "ONE");
			assertThat(insert(store)).isInstanceOf(InsertAnswer.Accepted.class);
			assertThat(HandWorker.of(store, "worker").claim(10)).hasSize(2);
		}
	}

	@Test
	void afterAPlannedFailoverTheStoreFindsTheNewMaster() {
		try (RedisSentinel sentinel = RedisSentinel.over(this.pair);
				RedisStore store = store(RedisTarget.watchedBy(sentinel, this.pair.master()))) {
			insert(store);
			sentinel.process().command("SENTINEL", "FAILOVER", RedisSentinel.MASTER_NAME);
			sentinel.awaitFailover(LIMIT);

			// Until the old master is told that it is none, it goes on taking jobs: they
			// are lost.
			long before = jobsOnTheNewMaster();
			long end = System.nanoTime() + LIMIT.toNanos();
			while (jobsOnTheNewMaster() == before) {
				assertThat(insertAtLast(store)).isInstanceOf(InsertAnswer.Accepted.class);
				assertThat(System.nanoTime()).as("the time until jobs go to the new master").isLessThan(end);
			}
		}
	}

	private long jobsOnTheNewMaster() {
		return (Long) this.pair.replica().command("HLEN", "failover:{default}:jobs");
	}

	@Test
	void afterItsMasterDiedTheStoreFindsTheNewOne() {
		try (RedisSentinel sentinel = RedisSentinel.over(this.pair);
				RedisStore store = store(RedisTarget.watchedBy(sentinel, this.pair.master()))) {
			insert(store);
			this.pair.awaitLink();
			this.pair.master().kill();
			sentinel.awaitFailover(LIMIT);

			assertThat(insertAtLast(store)).isInstanceOf(InsertAnswer.Accepted.class);
		}
	}

	private static RedisStore store(RedisTarget target) {
		return new RedisStore(new RedisSettings("failover", Duration.ofSeconds(5), false), target.connections());
	}

	private static InsertAnswer insert(RedisStore store) {
		return store.work().insert(List.of(InsertGroup.of(List.of(JobDraft.aJob().toNewJob())))).get(0);
	}

	/** Each try fails at once or after the time that a call may take. */
	private static InsertAnswer insertAtLast(RedisStore store) {
		InsertGroup group = InsertGroup.of(List.of(JobDraft.aJob().toNewJob()));
		long end = System.nanoTime() + LIMIT.toNanos();
		while (true) {
			try {
				return store.work().insert(List.of(group)).get(0);
			}
			catch (StoreException ex) {
				assertThat(System.nanoTime()).as("the time until the store goes on, after %s", ex.getMessage())
					.isLessThan(end);
			}
		}
	}

}
