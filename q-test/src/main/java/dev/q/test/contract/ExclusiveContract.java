package dev.q.test.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.q.job.JobId;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.PauseMode;
import dev.q.test.HandWorker;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queues of which one job at a time runs, whoever works them.
 *
 * @since 0.1
 */
public abstract class ExclusiveContract extends Theme {

	private static final int THREADS = 16;

	@Test
	void oneJobAtMostIsHandedOut() {
		List<JobId> ids = insertMany(3);

		assertThat(ids(claim("worker-1"))).containsExactly(ids.get(0));
	}

	@Test
	void nobodyGetsAJobWhileOneRuns() {
		List<JobId> ids = insertMany(3);
		ClaimedJob first = claimOne("worker-1");

		assertThat(claim("worker-1")).isEmpty();
		assertThat(claim("worker-2")).isEmpty();
		assertThat(claimFrom(secondNode(), "worker-3")).isEmpty();
		worker().succeed(first);
		assertThat(ids(claimFrom(secondNode(), "worker-2"))).containsExactly(ids.get(1));
		assertThat(claim("worker-1")).isEmpty();
	}

	@Test
	void anEmptyQueueTakesItsNextJobOnceItIsThere() {
		assertThat(claim("worker-1")).isEmpty();
		JobId id = insert(aJob());

		assertThat(ids(claim("worker-1"))).containsExactly(id);
	}

	@Test
	void manyWorkersOnSeveralNodesRunOneJobAtATimeAndInOrder() {
		List<JobId> ids = insertMany(150);
		List<JobStore> nodes = List.of(store(), secondNode(), secondNode());
		List<JobId> started = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();

		Race.of(THREADS, (i) -> worker(nodes.get(i % nodes.size()), "worker-" + i, (worker) -> {
			while (started.size() < ids.size()) {
				for (ClaimedJob job : worker.claimExclusively(5, DEFAULT)) {
					most.accumulateAndGet(running.incrementAndGet(), Math::max);
					started.add(job.job().id());
					running.decrementAndGet();
					assertThat(worker.succeed(job)).isEqualTo(LeaseAnswer.APPLIED);
				}
			}
		}));

		assertThat(most).hasValue(1);
		assertThat(started).isEqualTo(ids);
	}

	@Test
	void whoClaimsAtTheSameMomentGetsOneJobBetweenThem() {
		insertMany(100);
		List<JobStore> nodes = List.of(store(), secondNode());
		try (Race race = Race.between(THREADS)) {
			for (int round = 0; round < 25; round++) {
				List<Callable<List<ClaimedJob>>> claims = IntStream.range(0, THREADS)
					.<Callable<List<ClaimedJob>>>mapToObj(
							(i) -> () -> claimFrom(nodes.get(i % nodes.size()), "worker-" + i))
					.toList();

				List<ClaimedJob> claimed = race.run(claims).stream().flatMap(List::stream).toList();

				assertThat(claimed).hasSize(1);
				worker().succeed(claimed.get(0));
			}
		}
	}

	@Test
	void aLeaseThatIsRenewedGoesOnHoldingTheOthersBack() {
		insertMany(2);
		ClaimedJob first = claimOne("worker-1");
		for (int i = 0; i < 5; i++) {
			pass(LEASE.minus(TICK));
			worker().renew(first);
			assertThat(recover()).isEmpty();
			assertThat(claim("worker-2")).isEmpty();
		}
		worker().succeed(first);

		assertThat(claim("worker-2")).hasSize(1);
	}

	@Test
	void aLeaseThatRanOutCountsUntilItIsTakenBack() {
		List<JobId> ids = insertMany(2);
		ClaimedJob lost = claimOne("worker-1");
		passLease();

		assertThat(claim("worker-2")).isEmpty();
		recover();
		assertThat(ids(claim("worker-2"))).containsExactly(ids.get(0));
		assertThat(worker().succeed(lost)).isEqualTo(LeaseAnswer.LOST);
		assertThat(claim("worker-1")).isEmpty();
	}

	@Test
	void aJobThatMayStartOnceAndIsLostLetsTheNextOneStart() {
		insert(aJob().startingOnce());
		JobId next = insert(aJob());
		claimOne("worker-1");
		passLease();
		recover();

		assertThat(ids(claim("worker-2"))).containsExactly(next);
	}

	@Test
	void aJobThatWaitsForItsNextAttemptLetsOthersGoOn() {
		List<JobId> ids = insertMany(2);
		worker().fail(claimOne("worker-1"), minutes(1));
		pass(minutes(1));
		promote();

		ClaimedJob second = claimOne("worker-1");
		assertThat(second.job().id()).isEqualTo(ids.get(1));
		assertThat(claim("worker-1")).isEmpty();
		worker().succeed(second);
		assertThat(ids(claim("worker-1"))).containsExactly(ids.get(0));
	}

	@Test
	void aJobThatIsHandedBackIsTheNextOne() {
		List<JobId> ids = insertMany(2);
		worker().handBack(claimOne("worker-1"));

		assertThat(ids(claim("worker-2"))).containsExactly(ids.get(0));
	}

	@Test
	void aSnoozedJobLetsOthersGoOn() {
		List<JobId> ids = insertMany(2);
		worker().release(claimOne("worker-1"), ReleaseReason.SNOOZE, minutes(1));

		assertThat(ids(claim("worker-2"))).containsExactly(ids.get(1));
	}

	@Test
	void whoCancelsOrDeletesTheRunningJobLetsTheNextOneStart() {
		List<JobId> ids = insertMany(3);
		claim("worker-1");
		store().control().cancel(List.of(ids.get(0)), "called off");

		assertThat(ids(claim("worker-2"))).containsExactly(ids.get(1));
		store().control().delete(List.of(ids.get(1)));
		assertThat(ids(claim("worker-3"))).containsExactly(ids.get(2));
	}

	@Test
	void aRunningJobWhoseTimeIsOverLetsTheNextOneStart() {
		insert(aJob().livingFor(seconds(10)));
		JobId next = insert(aJob());
		claimOne("worker-1");
		pass(seconds(10));
		assertThat(claim("worker-2")).isEmpty();
		expire();

		assertThat(ids(claim("worker-2"))).containsExactly(next);
	}

	@Test
	void jobsThatHaveExpiredAreNotHandedOut() {
		insert(aJob().livingFor(seconds(10)));
		JobId next = insert(aJob());
		pass(seconds(10));

		assertThat(ids(claim("worker-1"))).containsExactly(next);
	}

	@Test
	void prioritiesAndDelaysAreHeeded() {
		JobId later = insert(aJob().delayedBy(seconds(10)));
		JobId usual = insert(aJob());
		JobId urgent = insert(aJob().withPriority(0));
		pass(seconds(10));

		List<JobId> started = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ClaimedJob job = claimOne("worker-1");
			started.add(job.job().id());
			worker().succeed(job);
		}
		assertThat(started).containsExactly(urgent, usual, later);
	}

	@Test
	void aQueueThatHandsNothingOutHandsNothingOut() {
		insertMany(2);
		store().control().pause(DEFAULT, PauseMode.OUT);

		assertThat(claim("worker-1")).isEmpty();
		store().control().resume(DEFAULT);
		assertThat(claim("worker-1")).hasSize(1);
	}

	@Test
	void otherQueuesOfTheSameClaimAreNotHeldBack() {
		List<JobId> reports = insert(aJob().in(REPORTS), aJob().in(REPORTS), aJob().in(REPORTS));
		List<JobId> exclusive = insertMany(2);
		JobId mail = insert(aJob().in(MAIL));
		HandWorker worker = worker().on(REPORTS, DEFAULT, MAIL);

		assertThat(ids(worker.claimExclusively(2, DEFAULT))).containsExactly(reports.get(0), reports.get(1));
		assertThat(ids(worker.claimExclusively(10, DEFAULT))).containsExactly(reports.get(2), exclusive.get(0), mail);
		assertThat(worker.claimExclusively(10, DEFAULT)).isEmpty();
	}

	@Test
	void severalExclusiveQueuesRunOneJobEach() {
		insertMany(2);
		insert(aJob().in(MAIL), aJob().in(MAIL), aJob().in(REPORTS));
		HandWorker worker = worker().on(DEFAULT, MAIL, REPORTS);

		List<ClaimedJob> claimed = worker.claimExclusively(10, DEFAULT, MAIL, REPORTS);

		assertThat(claimed).extracting((job) -> job.lease().queue()).containsExactly(DEFAULT, MAIL, REPORTS);
		worker.succeed(claimed.get(1));
		assertThat(worker.claimExclusively(10, DEFAULT, MAIL, REPORTS)).extracting((job) -> job.lease().queue())
			.containsExactly(MAIL);
	}

	@Test
	void aClaimIsToldWhenTheNextJobIsDueAndNotToAskAgainAtOnce() {
		insert(aJob().delayedBy(minutes(1)));
		assertThat(ask().nextDue()).isEqualTo(now().plus(minutes(1)));
		pass(minutes(1));
		insertMany(2);
		assertThat(ask().jobs()).hasSize(1);

		assertThat(ask().nextDue()).isNull();
	}

	private ClaimAnswer ask() {
		return store().work().claim(new ClaimRequest(List.of(DEFAULT), 10, LEASE, worker().id(), Set.of(DEFAULT)));
	}

	private List<ClaimedJob> claim(String worker) {
		return claimFrom(store(), worker);
	}

	private static List<ClaimedJob> claimFrom(JobStore node, String worker) {
		return HandWorker.of(node, worker).claimExclusively(10, DEFAULT);
	}

	private ClaimedJob claimOne(String worker) {
		List<ClaimedJob> claimed = claim(worker);
		assertThat(claimed).hasSize(1);
		return claimed.get(0);
	}

	private static List<JobId> ids(List<ClaimedJob> claimed) {
		return claimed.stream().map((job) -> job.job().id()).toList();
	}

	private static Callable<Boolean> worker(JobStore node, String name, Consumer<HandWorker> work) {
		return () -> {
			work.accept(HandWorker.of(node, name));
			return true;
		};
	}

}
