package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.QueueStats;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a claim brings. In which order is a theme of its own, {@link OrderContract}.
 *
 * @since 0.1
 */
public abstract class ClaimContract extends Theme {

	@Test
	void anEmptyStoreAnswersAtOnce() {
		ClaimAnswer answer = worker().ask(10);

		assertThat(answer).isEqualTo(new ClaimAnswer(List.of(), now(), null));
	}

	@Test
	void aClaimBringsWhatThereIs() {
		List<JobId> ids = insertMany(3);

		assertThat(worker().claimIds(10)).isEqualTo(ids);
	}

	@Test
	void aClaimNeverBringsMoreThanItsLimit() {
		insertMany(5);

		assertThat(worker().claim(1)).hasSize(1);
		assertThat(worker().claim(3)).hasSize(3);
		assertThat(worker().claim(3)).hasSize(1);
	}

	@Test
	void theLimitHoldsForAllQueuesTogether() {
		insert(aJob().in(MAIL), aJob().in(MAIL), aJob().in(REPORTS), aJob().in(REPORTS));

		assertThat(worker().on(MAIL, REPORTS).claim(3)).hasSize(3);
	}

	@Test
	void aClaimedJobIsInvisibleToOthers() {
		insert(aJob());
		worker("first").claimOne();

		assertThat(worker("second").claim(1)).isEmpty();
		assertThat(worker("first").claim(1)).isEmpty();
	}

	@Test
	void oneOfTwoNodesGetsAJob() {
		insert(aJob());

		List<ClaimedJob> here = worker("here").claim(1);
		List<ClaimedJob> there = HandWorker.of(secondNode(), "there").claim(1);

		assertThat(here).hasSize(1);
		assertThat(there).isEmpty();
	}

	@Test
	void theFirstClaimIsTheFirstAttempt() {
		insert(aJob());

		Job job = worker().claimOne().job();

		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		assertThat(job.attempt()).isOne();
		assertThat(job.counters().deliveries()).isOne();
	}

	@Test
	void everyClaimCountsADelivery() {
		insert(aJob());
		for (int i = 1; i <= 5; i++) {
			ClaimedJob claimed = worker().claimOne();

			assertThat(claimed.job().counters().deliveries()).isEqualTo(i);
			worker().handBack(claimed);
		}
	}

	@Test
	void aClaimSaysWhenTheJobStarted() {
		JobId id = insert(aJob());
		pass(seconds(7));
		worker().handBack(worker().claimOne());
		assertThat(job(id).times().startedAt()).isEqualTo(now());
		pass(seconds(7));

		assertThat(worker().claimOne().job().times().startedAt()).isEqualTo(now());
	}

	@Test
	void aClaimBringsTheJobAsTheCatalogShowsIt() {
		JobId id = insert(aJob());

		ClaimedJob claimed = worker().claimOne();

		assertThat(claimed.job()).isEqualTo(job(id));
	}

	@Test
	void theLeaseNamesJobQueueWorkerAndLength() {
		JobId id = insert(aJob().in(MAIL));

		Lease lease = worker("me").on(MAIL).leasing(seconds(12)).claimOne().lease();

		assertThat(lease.job()).isEqualTo(id);
		assertThat(lease.queue()).isEqualTo(MAIL);
		assertThat(lease.worker()).isEqualTo(worker("me").id());
		assertThat(lease.length()).isEqualTo(seconds(12));
	}

	@Test
	void aRunningJobShowsItsWorkerAndTheEndOfItsLease() {
		JobId id = insert(aJob());
		worker("me").claimOne();

		JobDetails details = details(id);

		assertThat(details.worker()).isEqualTo(worker("me").id());
		assertThat(details.leasedUntil()).isEqualTo(now().plus(LEASE));
	}

	@Test
	void noTwoClaimsShareAToken() {
		insertMany(50);
		Set<String> tokens = new HashSet<>();
		for (int round = 0; round < 20; round++) {
			List<ClaimedJob> claimed = worker().claim(50);
			claimed.forEach((job) -> tokens.add(job.lease().token()));
			claimed.forEach(worker()::handBack);
		}

		assertThat(tokens).hasSize(1000);
	}

	@Test
	void aClaimMakesReadyWhatIsDue() {
		JobId id = insert(aJob().delayedBy(minutes(1)));
		pass(minutes(1));

		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void claimsFindAllThatIsDueHoweverMuchItIs() {
		List<JobDraft> drafts = Stream.generate(() -> aJob().delayedBy(TICK)).limit(1000).toList();
		insertGroup(drafts);
		insertGroup(Stream.generate(() -> aJob().delayedBy(TICK)).limit(1000).toList());
		pass(TICK);

		List<JobId> first = worker().claimIds(10);

		assertThat(first).isEqualTo(drafts.stream().map(JobDraft::id).limit(10).toList());
		assertThat(worker().claim(2000)).hasSize(1990);
	}

	@Test
	void aClaimMayAskForAnyNumberOfJobs() {
		insert(aJob().delayedBy(TICK), aJob());
		pass(TICK);

		assertThat(worker().claim(Integer.MAX_VALUE)).hasSize(2);
	}

	@Test
	void largeJobsMayComeInPiecesButInTheirOrder() {
		Payload large = Payload.octets(new byte[256 * 1024]);
		List<JobId> ids = new ArrayList<>(
				insertGroup(Stream.generate(() -> aJob().carrying(large)).limit(40).toList()));
		ids.add(insert(aJob().in(MAIL)));
		HandWorker worker = worker().on(DEFAULT, MAIL);

		List<JobId> claimed = new ArrayList<>();
		ClaimAnswer answer;
		do {
			answer = worker.ask(100);
			answer.jobs().forEach((job) -> claimed.add(job.job().id()));
		}
		while (answer.nextDue() != null);

		assertThat(claimed).containsExactlyElementsOf(ids);
	}

	@Test
	void anUnknownQueueHasNothingAndDoesNotComeIntoBeing() {
		QueueName unknown = new QueueName("unknown");

		assertThat(worker().on(unknown).claim(1)).isEmpty();
		assertThat(store().catalog().queues()).extracting(QueueStats::queue).doesNotContain(unknown);
	}

	@Test
	void aQueueThatIsNamedTwiceIsServedOnce() {
		List<JobId> ids = insertMany(3);

		assertThat(worker().on(DEFAULT, DEFAULT).claimIds(10)).isEqualTo(ids);
	}

	@Test
	void onlyTheQueuesAskedForAreServed() {
		insert(aJob().in(MAIL));

		assertThat(worker().on(REPORTS).claim(1)).isEmpty();
	}

	@Test
	void aClaimSaysWhatTheClockOfTheStoreShows() {
		pass(minutes(17));

		assertThat(worker().ask(1).storeTime()).isEqualTo(now());
	}

	@Test
	void aClaimSaysWhenTheNextJobIsDue() {
		Instant start = now();
		insert(aJob().delayedBy(seconds(20)), aJob().delayedBy(seconds(10)), aJob());

		assertThat(worker().ask(2).nextDue()).isEqualTo(start.plusSeconds(10));
		pass(seconds(10));
		assertThat(worker().ask(2).nextDue()).isEqualTo(start.plusSeconds(20));
		pass(seconds(10));
		assertThat(worker().ask(2).nextDue()).isNull();
	}

	@Test
	void aRetryIsDueLikeADelayedJob() {
		worker().fail(running(aJob()), seconds(5));

		assertThat(worker().ask(1).untilNextDue(minutes(1))).isEqualTo(seconds(5));
	}

	@Test
	void whatIsDueInOtherQueuesDoesNotMatter() {
		insert(aJob().in(MAIL).delayedBy(seconds(5)), aJob().in(REPORTS).delayedBy(seconds(9)));

		assertThat(worker().on(REPORTS).ask(1).nextDue()).isEqualTo(now().plusSeconds(9));
		assertThat(worker().on(REPORTS, MAIL).ask(1).nextDue()).isEqualTo(now().plusSeconds(5));
	}

	@Test
	void jobsThatEndedWhileTheyWaitedAreNotClaimed() {
		List<JobId> ids = insertMany(5);
		store().control().cancel(ids.subList(0, 2), "called off");
		store().control().delete(ids.subList(3, 4));

		assertThat(worker().claimIds(5)).containsExactly(ids.get(2), ids.get(4));
	}

	@Test
	void theLeaseOfTheJobItselfComesFirst() {
		insert(aJob().leasedFor(minutes(3)));

		Lease lease = worker().leasing(seconds(10)).claimOne().lease();

		assertThat(lease.length()).isEqualTo(minutes(3));
		assertThat(details(lease.job()).leasedUntil()).isEqualTo(now().plus(minutes(3)));
	}

	@Test
	void leasesMayLastFromOneSecondToADay() {
		for (Duration lease : List.of(seconds(1), hours(24))) {
			insert(aJob());

			ClaimedJob claimed = worker().leasing(lease).claimOne();

			assertThat(details(claimed.job().id()).leasedUntil()).isEqualTo(now().plus(lease));
		}
	}

}
