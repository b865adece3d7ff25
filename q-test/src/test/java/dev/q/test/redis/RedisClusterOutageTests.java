package dev.q.test.redis;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.q.job.Durability;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisCluster;
import dev.q.test.server.RedisServers;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A cluster of masters without replicas, one of which dies: what the others hold must not
 * suffer.
 */
class RedisClusterOutageTests {

	private RedisCluster cluster;

	private RedisStore store;

	@BeforeEach
	void start() {
		this.cluster = RedisCluster.startFrom(RedisServers.binaries().get(0), "cluster-require-full-coverage no");
		this.store = new RedisStore(new RedisSettings("outage", Duration.ofSeconds(5), false),
				RedisTarget.cluster(this.cluster).connections());
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.cluster.close();
	}

	@Test
	void jobsClaimedBeforeADeadMasterWasAskedAreHandedOut() {
		insert(JobDraft.aJob().in(queueOf(0)));
		insert(JobDraft.aJob().in(queueOf(1)));
		this.cluster.nodes().get(1).kill();

		HandWorker worker = HandWorker.of(this.store, "worker").on(queueOf(0), queueOf(1));

		assertThat(worker.claim(10)).singleElement()
			.satisfies((claimed) -> assertThat(claimed.job().spec().queue()).isEqualTo(queueOf(0)));
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> worker.claim(10));
	}

	@Test
	void whatHealthyMastersSayIsHeardBesideADeadOne() {
		JobDraft healthy = JobDraft.aJob().in(queueOf(0));
		insert(healthy);
		insert(JobDraft.aJob().in(queueOf(1)));
		HandWorker worker = HandWorker.of(this.store, "worker").on(queueOf(0), queueOf(1));
		List<ClaimedJob> claimed = worker.claim(2);
		this.cluster.nodes().get(1).kill();

		List<LeaseAnswer> renewed = worker.renew(claimed.stream().map(ClaimedJob::lease).toList());
		List<LeaseAnswer> settled = worker.settle(claimed.stream()
			.map((job) -> new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE)))
			.toArray(Settlement[]::new));

		assertThat(renewed).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.BUSY);
		assertThat(settled).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.BUSY);
		assertThat(this.store.catalog().find(queueOf(0), List.of(healthy.id()))).singleElement()
			.satisfies((found) -> assertThat(found.state()).isEqualTo(JobState.SUCCEEDED));
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> worker.succeed(claimed.get(1)));
	}

	@Test
	void aDeadMasterDoesNotKeepOtherQueuesFromBeingKeptInOrder() {
		insert(JobDraft.aJob().in(queueOf(1)));
		insert(JobDraft.aJob().in(queueOf(2)));
		HandWorker worker = HandWorker.of(this.store, "worker").on(queueOf(2));
		worker.claim(1).forEach(worker::succeed);
		this.cluster.nodes().get(1).kill();

		assertThat(this.store.maintenance().purge(Retention.NOTHING, 10)).isOne();
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.store.maintenance().purge(Retention.NOTHING, 10));
	}

	@Test
	void aJobThatNoReplicaCanCopyExistsAllTheSame() {
		JobDraft draft = copied(queueOf(2));

		assertThat(insert(draft))
			.isEqualTo(new InsertAnswer.NotReplicated(List.of(new InsertAnswer.Entry(draft.id(), true)), 1, 0));
		assertThat(this.store.catalog().find(List.of(draft.id()))).singleElement()
			.satisfies((found) -> assertThat(found.state()).isEqualTo(JobState.READY));
	}

	@Test
	void aJobToBeCopiedByADeadMasterFailsLikeAnyOther() {
		this.store.connect();
		this.cluster.nodes().get(1).kill();

		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> insert(copied(queueOf(1))));
			assertThat(insert(copied(queueOf(0)))).isInstanceOf(InsertAnswer.NotReplicated.class);
		}
	}

	/** A queue that is in the hands of a node. */
	private static QueueName queueOf(int node) {
		return IntStream.iterate(0, (i) -> i + 1)
			.mapToObj((i) -> new QueueName("queue-" + i))
			.filter((queue) -> SlotHash.getSlot(queue.value()) * 3 / SlotHash.SLOT_COUNT == node)
			.findFirst()
			.orElseThrow();
	}

	private InsertAnswer insert(JobDraft draft) {
		return this.store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob())))).get(0);
	}

	private static JobDraft copied(QueueName queue) {
		JobDraft draft = JobDraft.aJob().in(queue);
		JobSpec spec = draft.spec();
		return draft.with(new JobSpec(spec.queue(), spec.type(), spec.payloadVersion(), spec.payload(), spec.priority(),
				spec.limits(), spec.delivery(), new Durability.Replicated(1, Duration.ofMillis(100)), spec.unique(),
				spec.retry(), spec.tags(), spec.headers()));
	}

}
