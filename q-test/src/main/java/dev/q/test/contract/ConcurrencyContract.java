package dev.q.test.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.LeaseAnswer;
import dev.q.store.QueueStats;
import dev.q.store.Schedule;
import dev.q.store.WorkStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many at once.
 *
 * @since 0.1
 */
public abstract class ConcurrencyContract extends Theme {

	private static final int THREADS = 8;

	@Test
	void manyWorkersWorkOffManyJobsEachOnce() {
		List<JobId> ids = IntStream.range(0, 10)
			.mapToObj((i) -> insertMany(WorkStore.MAX_GROUP))
			.flatMap(List::stream)
			.toList();

		List<JobId> done = flatten(Race.of(THREADS, (i) -> () -> workOff(worker("worker-" + i), 1 + 10 * i)));

		assertThat(done).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
		assertThat(stats(DEFAULT).count(JobState.SUCCEEDED)).isEqualTo(ids.size());
	}

	@Test
	void aThousandJobsWithEqualPayloadsAreAThousandJobs() {
		JobDraft[] equal = Stream.generate(() -> aJob().carrying(payload("the same")))
			.limit(WorkStore.MAX_GROUP)
			.toArray(JobDraft[]::new);
		List<JobId> ids = insert(equal);

		List<JobId> done = workOff(worker(), 50);

		assertThat(done).isEqualTo(ids);
	}

	private static List<JobId> workOff(HandWorker worker, int batch) {
		List<JobId> done = new ArrayList<>();
		List<ClaimedJob> claimed = worker.claim(batch);
		while (!claimed.isEmpty()) {
			for (ClaimedJob job : claimed) {
				assertThat(worker.succeed(job)).isEqualTo(LeaseAnswer.APPLIED);
				done.add(job.job().id());
			}
			claimed = worker.claim(batch);
		}
		return done;
	}

	@Test
	void producersAndWorkersDoNotLoseAJobBetweenThem() {
		AtomicInteger produced = new AtomicInteger();
		int total = 4 * 500;
		List<Callable<List<JobId>>> runners = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			String name = "worker-" + i;
			runners.add(() -> Stream.generate(() -> insert(aJob()))
				.limit(500)
				.peek((id) -> produced.incrementAndGet())
				.toList());
			runners.add(() -> {
				List<JobId> done = new ArrayList<>();
				while (produced.get() < total) {
					done.addAll(workOff(worker(name), 3));
				}
				done.addAll(workOff(worker(name), 3));
				return done;
			});
		}

		List<List<JobId>> results;
		try (Race race = Race.between(runners.size())) {
			results = race.run(runners);
		}

		List<JobId> stored = flatten(every(2, 0, results));
		List<JobId> done = flatten(every(2, 1, results));
		assertThat(done).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
	}

	@Test
	void fullQueuesNeverTakeOneTooMany() {
		int limit = 50;
		List<InsertAnswer> answers = flatten(
				Race.of(THREADS, (i) -> () -> Stream.generate(() -> offer(limit, aJob(), aJob())).limit(20).toList()));

		assertThat(answers).filteredOn(InsertAnswer.Accepted.class::isInstance).hasSize(limit / 2);
		assertThat(stats(DEFAULT).waiting()).isEqualTo(limit);
	}

	@Test
	void oneOfManySendersOfAnIdStoresIt() {
		for (int round = 0; round < 50; round++) {
			JobDraft draft = aJob();

			List<Boolean> stored = Race.of(THREADS, (i) -> () -> enter(draft).stored());

			assertThat(stored).containsOnlyOnce(true);
		}
	}

	@Test
	void oneOfManySendersOfAKeyStoresItsJob() {
		for (int round = 0; round < 50; round++) {
			String key = "key-" + round;

			List<InsertAnswer.Entry> entries = Race.of(THREADS, (i) -> () -> enter(aJob().uniqueBy(key)));

			assertThat(entries).extracting(InsertAnswer.Entry::stored).containsOnlyOnce(true);
			assertThat(entries).extracting(InsertAnswer.Entry::id).containsOnly(entries.get(0).id());
		}
	}

	@Test
	void aKeyHasOneLivingHolderWhileJobsComeAndGo() {
		Race.of(THREADS, (i) -> () -> {
			HandWorker worker = worker("worker-" + i);
			for (int round = 0; round < 100; round++) {
				enter(aJob().uniqueBy("key"));
				assertThat(stats(DEFAULT).waiting()).isLessThanOrEqualTo(1);
				worker.claim(1).forEach((round % 2 == 0) ? worker::succeed : worker::bury);
			}
			return true;
		});

		checkInvariants();
		worker().claim(1).forEach(worker()::succeed);
		insert(aJob().uniqueBy("key"));
	}

	@Test
	void oneOfManyWorkersGetsTheOnlyJob() {
		for (int round = 0; round < 50; round++) {
			JobId id = insert(aJob());

			List<JobId> claimed = flatten(Race.of(THREADS, (i) -> () -> worker("worker-" + i).claimIds(1)));

			assertThat(claimed).containsExactly(id);
		}
	}

	@Test
	void manySweepersHandleEachLostLeaseOnce() {
		List<JobId> ids = insertMany(500);
		worker().claim(500);
		passLease();

		List<Job> recovered = flatten(Race.of(THREADS, (i) -> () -> {
			List<Job> mine = new ArrayList<>();
			List<Job> some = store().maintenance().recoverExpired(7);
			while (!some.isEmpty()) {
				mine.addAll(some);
				some = store().maintenance().recoverExpired(7);
			}
			return mine;
		}));

		assertThat(recovered).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(all()).allMatch((job) -> job.counters().crashes() == 1);
	}

	@Test
	void manyPromotersAndWorkersHandleEachDueJobOnce() {
		List<JobId> ids = insertGroup(Stream.generate(() -> aJob().delayedBy(TICK)).limit(1000).toList());
		pass(TICK);

		List<JobId> done = flatten(Race.of(THREADS, (i) -> () -> {
			if (i % 2 == 0) {
				promote();
			}
			return workOff(worker("worker-" + i), 5);
		}));

		assertThat(done).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void aTickIsFiredByOneOfMany() {
		for (int round = 0; round < 20; round++) {
			Schedule due = new Schedule("busy-" + round, "every 1s", "UTC", aJob().spec(), now());
			store().schedules().save(List.of(due));

			List<Boolean> fired = Race.of(THREADS,
					(i) -> () -> store().schedules().fire(due, due.nextAt().plusSeconds(1), aJob().toNewJob()));

			assertThat(fired).containsOnlyOnce(true);
			assertThat(stats(DEFAULT).waiting()).isEqualTo(round + 1);
		}
	}

	@Test
	void countsAreNeverNegativeWhileJobsRushThrough() {
		insertMany(1);
		Race.of(THREADS, (i) -> () -> {
			HandWorker worker = worker("worker-" + i);
			for (int round = 0; round < 100; round++) {
				insert(aJob());
				workOff(worker, 2);
				for (QueueStats stats : store().catalog().queues()) {
					assertThat(stats.counts().values()).allMatch((count) -> count >= 0);
				}
			}
			return true;
		});

		assertThat(stats(DEFAULT).waiting()).isZero();
	}

	@Test
	void everyTokenIsGivenOnce() {
		insertMany(100);

		List<String> tokens = flatten(Race.of(THREADS, (i) -> () -> {
			HandWorker worker = worker("worker-" + i);
			List<String> mine = new ArrayList<>();
			for (int round = 0; round < 20; round++) {
				List<ClaimedJob> claimed = worker.claim(5);
				claimed.forEach((job) -> mine.add(job.lease().token()));
				claimed.forEach(worker::handBack);
			}
			return mine;
		}));

		assertThat(new HashSet<>(tokens)).hasSameSizeAs(tokens);
	}

	private static <T> List<T> flatten(Collection<List<T>> lists) {
		return lists.stream().flatMap(List::stream).toList();
	}

	private static <T> List<T> every(int step, int first, List<T> list) {
		return IntStream.range(0, list.size()).filter((i) -> i % step == first).mapToObj(list::get).toList();
	}

}
