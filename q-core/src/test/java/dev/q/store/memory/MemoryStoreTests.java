package dev.q.store.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is special about the store in memory. What it shares with all others is tested by
 * the contract kit.
 */
class MemoryStoreTests {

	private static final Duration A_MINUTE = Duration.ofMinutes(1);

	private final VirtualClock clock = new VirtualClock(SampleJobs.NOW);

	private final VirtualClock steadyClock = new VirtualClock(SampleJobs.NOW.minusSeconds(1_000_000));

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void itCanDoWhatItSays() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT);

		assertThat(store.name()).isEqualTo("memory");
		assertThat(store.capabilities()).containsExactlyInAnyOrder(StoreCapability.AT_MOST_ONCE, StoreCapability.EXPIRY,
				StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	@Test
	void aFullQueueRefusesBeyondItsCapacity() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(2).withOfferTimeout(Duration.ZERO));
		store.work().insert(List.of(SampleJobs.group(2)));

		assertThat(store.work().insert(SampleJobs.one())).containsExactly(new InsertAnswer.Full(2, 2));
	}

	@Test
	void aRefusalComesAfterTheOfferTimeout() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(1).withOfferTimeout(Duration.ofMillis(1)));
		store.work().insert(SampleJobs.one());

		assertThat(store.work().insert(SampleJobs.one())).containsExactly(new InsertAnswer.Full(1, 1));
	}

	@Test
	void whatWillNeverFitIsRefusedWithoutAWait() throws Exception {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(2).withOfferTimeout(A_MINUTE));
		store.work().insert(SampleJobs.one());
		InsertGroup tooLarge = SampleJobs.group(3);
		InsertGroup limited = new InsertGroup(QueueName.DEFAULT, SampleJobs.group(1).jobs(), 1);

		Future<List<InsertAnswer>> answers = this.threads.submit(() -> store.work().insert(List.of(tooLarge, limited)));

		assertThat(answers.get(30, TimeUnit.SECONDS)).containsExactly(new InsertAnswer.Full(2, 1),
				new InsertAnswer.Full(1, 1));
	}

	@Test
	void anInsertWaitsUntilAClaimMakesRoom() throws Exception {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(1).withOfferTimeout(A_MINUTE));
		store.work().insert(SampleJobs.one());
		Future<List<InsertAnswer>> waiting = insertElsewhere(store);

		claim(store, 1);

		assertThat(waiting.get(1, TimeUnit.MINUTES)).hasOnlyElementsOfType(InsertAnswer.Accepted.class);
	}

	@Test
	void anInsertWaitsUntilACancelMakesRoom() throws Exception {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(1).withOfferTimeout(A_MINUTE));
		InsertAnswer first = store.work().insert(SampleJobs.one()).get(0);
		Future<List<InsertAnswer>> waiting = insertElsewhere(store);

		store.control().cancel(List.of(((InsertAnswer.Accepted) first).jobs().get(0).id()), "called off");

		assertThat(waiting.get(1, TimeUnit.MINUTES)).hasOnlyElementsOfType(InsertAnswer.Accepted.class);
	}

	@Test
	void anInterruptedInsertIsRefusedAndKeepsTheFlag() throws Exception {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(1).withOfferTimeout(A_MINUTE));
		store.work().insert(SampleJobs.one());

		Future<Boolean> flag = this.threads.submit(() -> {
			Thread.currentThread().interrupt();
			assertThat(store.work().insert(SampleJobs.one())).containsExactly(new InsertAnswer.Full(1, 1));
			return Thread.interrupted();
		});

		assertThat(flag.get(1, TimeUnit.MINUTES)).isTrue();
	}

	@Test
	void anInsertThatWaitsIsToldOfTheClose() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(1).withOfferTimeout(A_MINUTE));
		store.work().insert(SampleJobs.one());
		Future<List<InsertAnswer>> waiting = insertElsewhere(store);

		store.close();

		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiting.get(1, TimeUnit.MINUTES))
			.withCauseInstanceOf(StoreException.class);
	}

	@Test
	void aWallClockThatJumpsTakesNoLease() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT);
		store.work().insert(SampleJobs.one());
		JobId id = claim(store, 1).get(0).job().id();

		this.clock.advance(Duration.ofDays(365));
		assertThat(store.maintenance().recoverExpired(10)).isEmpty();
		this.steadyClock.advance(A_MINUTE);
		assertThat(store.maintenance().recoverExpired(10)).extracting("id").containsExactly(id);
	}

	@Test
	void theEndOfALeaseIsShownByTheWallClock() {
		MemoryStore store = storeOf(MemorySettings.DEFAULT);
		store.work().insert(SampleJobs.one());
		JobId id = claim(store, 1).get(0).job().id();
		this.steadyClock.advance(Duration.ofSeconds(10));

		assertThat(store.catalog().find(List.of(id)).get(0).leasedUntil())
			.isEqualTo(this.clock.instant().plusSeconds(50));
	}

	@Test
	void tokensDifferFromThoseOfAnEarlierStoreAtTheSameTime() {
		MemoryStore before = storeOf(MemorySettings.DEFAULT);
		MemoryStore after = storeOf(MemorySettings.DEFAULT);
		var group = SampleJobs.one();
		before.work().insert(group);
		after.work().insert(group);

		assertThat(claim(before, 1).get(0).lease().token()).isNotEqualTo(claim(after, 1).get(0).lease().token());
	}

	@Test
	void eightThreadsWorkOffAllJobsExactlyOnce() throws Exception {
		int jobsOfEach = 100_000;
		MemoryStore store = storeOf(MemorySettings.DEFAULT.withCapacity(8 * jobsOfEach));
		CountDownLatch produced = new CountDownLatch(8);
		List<Callable<List<JobId>>> workers = Collections.nCopies(8, () -> {
			List<JobId> done = new ArrayList<>();
			for (int stored = 0; stored < jobsOfEach; stored += 100) {
				store.work().insert(List.of(SampleJobs.group(100)));
				done.addAll(workOff(store, 60));
			}
			produced.countDown();
			produced.await(1, TimeUnit.MINUTES);
			List<JobId> rest = workOff(store, 60);
			while (!rest.isEmpty()) {
				done.addAll(rest);
				rest = workOff(store, 60);
			}
			return done;
		});

		List<JobId> done = new ArrayList<>();
		for (Future<List<JobId>> result : this.threads.invokeAll(workers, 5, TimeUnit.MINUTES)) {
			done.addAll(result.get());
		}

		assertThat(done).hasSize(8 * jobsOfEach);
		assertThat(new HashSet<>(done)).hasSize(8 * jobsOfEach);
		assertThat(store.catalog().queues().get(0).waiting()).isZero();
		assertThat(store.catalog().queues().get(0).count(JobState.RUNNING)).isZero();
	}

	private MemoryStore storeOf(MemorySettings settings) {
		return new MemoryStore(settings, this.clock, this.steadyClock);
	}

	private static List<ClaimedJob> claim(MemoryStore store, int limit) {
		return store.work()
			.claim(new ClaimRequest(List.of(QueueName.DEFAULT), limit, A_MINUTE, new WorkerId("worker")))
			.jobs();
	}

	private static List<JobId> workOff(MemoryStore store, int limit) {
		List<ClaimedJob> claimed = claim(store, limit);
		store.work()
			.settle(claimed.stream()
				.map((job) -> new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE)))
				.toList(), Retention.DEFAULT);
		return claimed.stream().map((job) -> job.job().id()).toList();
	}

	/** An insert of another thread that may already wait, or will when it comes. */
	private Future<List<InsertAnswer>> insertElsewhere(MemoryStore store) {
		return this.threads.submit(() -> store.work().insert(SampleJobs.one()));
	}

}
