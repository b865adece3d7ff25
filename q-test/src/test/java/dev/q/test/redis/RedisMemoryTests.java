package dev.q.test.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.PauseMode;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.WorkerInfo;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.InvariantSweep;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server whose memory is full: nothing new goes in, and everything else goes on. The
 * limit is below what is used from then on, so that no piece of work makes room for the
 * next.
 */
class RedisMemoryTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	private static final Duration DELAY = Duration.ofSeconds(5);

	private final AtomicLong now = new AtomicLong(Instant.parse("2026-02-03T04:05:06.789Z").toEpochMilli());

	@ParameterizedTest
	@MethodSource(BINARIES)
	void anEnqueueIsRefusedWithTheRemedyAndStoresNothing(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source); RedisStore store = store(server)) {
			store.connect();
			server.command("CONFIG", "SET", "maxmemory", "8mb");
			List<JobId> stored = fill(store);
			fillUp(server);

			JobDraft refused = JobDraft.aJob();
			for (JobDraft draft : List.of(refused, refused.uniqueBy("key"), refused.delayedBy(DELAY))) {
				assertThatExceptionOfType(StoreException.class).isThrownBy(() -> insert(store, draft))
					.withMessageContaining("maxmemory");
			}

			server.command("CONFIG", "SET", "maxmemory", "0");
			assertThat(store.catalog().find(List.of(refused.id()))).isEmpty();
			assertThat(store.catalog().queues().get(0).count(JobState.READY)).isEqualTo(stored.size());
			assertThat(insert(store, refused.uniqueBy("key"))).isInstanceOf(InsertAnswer.Accepted.class);
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void whatIsThereIsWorkedOff(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source); RedisStore store = store(server)) {
			HandWorker worker = HandWorker.of(store, "worker-1");
			insertMany(store, 40);
			insert(store, JobDraft.aJob().withPriority(9).delayedBy(DELAY));
			fillUp(server);

			assertThat(worker.claim(10)).hasSize(10)
				.allMatch((job) -> worker.renew(job) == LeaseAnswer.APPLIED)
				.allMatch((job) -> worker.succeed(job) == LeaseAnswer.APPLIED);
			HandWorker forgetful = worker.keeping(Retention.NOTHING);
			assertThat(forgetful.claim(5)).hasSize(5).allMatch((job) -> forgetful.succeed(job) == LeaseAnswer.APPLIED);
			assertThat(worker.claim(5)).hasSize(5).allMatch((job) -> worker.fail(job, DELAY) == LeaseAnswer.APPLIED);
			assertThat(worker.claim(5)).hasSize(5).allMatch((job) -> worker.bury(job) == LeaseAnswer.APPLIED);
			assertThat(worker.claim(5)).hasSize(5)
				.allMatch((job) -> worker.release(job, ReleaseReason.SNOOZE, DELAY) == LeaseAnswer.APPLIED);
			this.now.addAndGet(DELAY.toMillis());
			assertThat(store.maintenance().promoteDue(100)).isEqualTo(11);
			List<ClaimedJob> lost = worker.claim(10);
			this.now.addAndGet(HandWorker.LEASE.toMillis());
			assertThat(store.maintenance().recoverExpired(100)).hasSameSizeAs(lost);
			assertThat(worker.claim(100)).hasSize(21).allMatch((job) -> worker.succeed(job) == LeaseAnswer.APPLIED);
			assertThat(worker.claim(1)).isEmpty();
			checkInvariants(store);
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aProcessThatStartsOnlyNowWorksOffWhatIsThere(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source); RedisStore before = store(server)) {
			insertMany(before, 5);
			fillUp(server);

			try (RedisStore store = store(server)) {
				store.connect();
				HandWorker worker = HandWorker.of(store, "worker-1");
				assertThat(worker.claim(10)).hasSize(5).allMatch((job) -> worker.succeed(job) == LeaseAnswer.APPLIED);
			}
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void operatorsCanStillIntervene(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source); RedisStore store = store(server)) {
			List<JobId> ids = insertMany(store, 10);
			insert(store, JobDraft.aJob().livingFor(DELAY));
			fillUp(server);

			assertThat(store.control().cancel(ids.subList(0, 5), "called off")).hasSize(5);
			assertThat(store.control().retry(ids.subList(0, 2))).hasSize(2);
			assertThat(store.control().delete(ids.subList(2, 4))).hasSize(2);
			store.control().pause(JobDraft.aJob().spec().queue(), PauseMode.OUT);
			store.control().resume(JobDraft.aJob().spec().queue());
			WorkerInfo info = new WorkerInfo(new WorkerId("me"), "host", Instant.EPOCH, WorkerInfo.State.RUNNING,
					List.of(), Set.of(), 1, 0);
			store.cluster().announce(info, DELAY);
			assertThat(store.cluster().workers()).containsExactly(info);
			this.now.addAndGet(Duration.ofDays(30).toMillis());
			assertThat(store.maintenance().expire(10)).hasSize(1);
			assertThat(store.maintenance().purge(Retention.NOTHING, 100)).isEqualTo(2);
			checkInvariants(store);
		}
	}

	private RedisStore store(RedisProcess server) {
		return RedisStore.withClock(new RedisSettings("full", Duration.ofSeconds(10), false),
				RedisTarget.standalone(server.server()).connections(),
				() -> "local function clock() return " + this.now + " end\n");
	}

	/** From now on the server uses more memory than it may. */
	private static void fillUp(RedisProcess server) {
		server.command("CONFIG", "SET", "maxmemory", "100kb");
		assertThat(Long.parseLong(server.server().info("memory").get("used_memory"))).isGreaterThan(100_000);
	}

	private static List<JobId> fill(RedisStore store) {
		List<JobId> stored = new ArrayList<>();
		StoreException refusal = null;
		while (refusal == null) {
			JobDraft draft = JobDraft.aJob().carrying(Payload.octets(new byte[64 * 1024]));
			try {
				insert(store, draft);
				stored.add(draft.id());
			}
			catch (StoreException ex) {
				refusal = ex;
			}
		}
		assertThat(refusal).hasMessageContaining("maxmemory");
		return stored;
	}

	private static InsertAnswer insert(RedisStore store, JobDraft draft) {
		return store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob())))).get(0);
	}

	private static List<JobId> insertMany(RedisStore store, int count) {
		List<JobDraft> drafts = Stream.generate(JobDraft::aJob).limit(count).toList();
		store.work().insert(List.of(InsertGroup.of(drafts.stream().map(JobDraft::toNewJob).toList())));
		return drafts.stream().map(JobDraft::id).toList();
	}

	private void checkInvariants(RedisStore store) {
		new InvariantSweep(store, Instant.ofEpochMilli(this.now.get())).check();
	}

}
