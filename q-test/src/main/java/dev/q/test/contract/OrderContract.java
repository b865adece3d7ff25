package dev.q.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimedJob;
import dev.q.store.JobCatalog;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who comes first.
 *
 * @since 0.1
 */
public abstract class OrderContract extends Theme {

	@Test
	void firstComeFirstServed() {
		List<JobId> ids = insertMany(1000);

		List<JobId> claimed = new ArrayList<>();
		IntStream.range(0, 100).forEach((i) -> claimed.addAll(worker().claimIds(10)));

		assertThat(claimed).isEqualTo(ids);
	}

	@Test
	void oneByOneIsTheSameOrderAsAllAtOnce() {
		List<JobDraft> drafts = IntStream.range(0, 40).mapToObj((i) -> aJob().withPriority((i * 7) % 10)).toList();
		insertGroup(drafts);

		List<JobId> claimed = IntStream.range(0, 40).mapToObj((i) -> worker().claimOne().job().id()).toList();

		assertThat(claimed).isEqualTo(drafts.stream()
			.sorted(Comparator.comparingInt((draft) -> draft.spec().priority()))
			.map(JobDraft::id)
			.toList());
	}

	@Test
	void lowerPriorityNumbersComeFirst() {
		List<JobId> ids = insert(aJob().withPriority(9), aJob().withPriority(5), aJob().withPriority(0),
				aJob().withPriority(5), aJob().withPriority(0));

		assertThat(worker().claimIds(5)).containsExactly(ids.get(2), ids.get(4), ids.get(1), ids.get(3), ids.get(0));
	}

	@Test
	void queuesAreServedInTheOrderAskedFor() {
		JobId report = insert(aJob().in(REPORTS).withPriority(0));
		JobId mail = insert(aJob().in(MAIL).withPriority(9));

		assertThat(worker().on(MAIL, REPORTS).claimIds(2)).containsExactly(mail, report);
	}

	@Test
	void allOfAQueueComesBeforeTheNextQueue() {
		List<JobId> ids = insert(aJob().in(MAIL), aJob().in(REPORTS), aJob().in(MAIL), aJob().in(REPORTS));

		assertThat(worker().on(REPORTS, MAIL).claimIds(3)).containsExactly(ids.get(1), ids.get(3), ids.get(0));
	}

	@Test
	void aJobHandedBackByAShutdownGoesBeforeAllThatWereNotClaimed() {
		List<JobId> ids = insertMany(3);
		worker().handBack(worker().claimOne());

		assertThat(worker().claimIds(3)).isEqualTo(ids);
	}

	@Test
	void allJobsHandedBackByAShutdownGoBeforeAllThatWereNotClaimed() {
		List<JobId> ids = insertMany(6);
		worker().claim(3).forEach(worker()::handBack);

		assertThat(worker().claimIds(3)).containsExactlyInAnyOrderElementsOf(ids.subList(0, 3));
		assertThat(worker().claimIds(3)).isEqualTo(ids.subList(3, 6));
	}

	@Test
	void recoveredJobsGoBeforeAllThatWereNotClaimed() {
		List<JobId> ids = insertMany(6);
		worker().claim(3);
		passLease();
		recover();

		assertThat(worker().claimIds(3)).containsExactlyInAnyOrderElementsOf(ids.subList(0, 3));
		assertThat(worker().claimIds(3)).isEqualTo(ids.subList(3, 6));
	}

	@Test
	void whatComesBackToTheFrontStaysBehindHigherPriorities() {
		JobId low = insert(aJob().withPriority(6));
		ClaimedJob claimed = worker().claimOne();
		JobId high = insert(aJob().withPriority(4));
		worker().handBack(claimed);

		assertThat(worker().claimIds(2)).containsExactly(high, low);
	}

	@Test
	void releasedJobsGoToTheEndUnlessTheirWorkerStops() {
		for (ReleaseReason reason : List.of(ReleaseReason.NACK, ReleaseReason.SNOOZE, ReleaseReason.NO_HANDLER)) {
			List<JobId> ids = insertMany(2);
			worker().release(worker().claimOne(), reason, Duration.ZERO);

			assertThat(worker().claimIds(2)).as("after %s", reason).containsExactly(ids.get(1), ids.get(0));
		}
	}

	@Test
	void aJobThatSnoozesForNoTimeStarvesNobody() {
		JobId restless = insert(aJob());
		List<JobId> others = insertMany(3);
		List<JobId> served = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			ClaimedJob claimed = worker().claimOne();
			served.add(claimed.job().id());
			worker().release(claimed, ReleaseReason.SNOOZE, Duration.ZERO);
		}

		assertThat(served).containsExactly(restless, others.get(0), others.get(1), others.get(2));
	}

	@Test
	void aJobThatIsRetriedAtOnceGoesToTheEnd() {
		List<JobId> ids = insertMany(2);
		worker().fail(worker().claimOne(), Duration.ZERO);

		assertThat(worker().claimIds(2)).containsExactly(ids.get(1), ids.get(0));
	}

	@Test
	void aJobThatIsRetriedByHandGoesToTheEnd() {
		JobId dead = insert(aJob());
		worker().bury(worker().claimOne());
		JobId other = insert(aJob());
		store().control().retry(List.of(dead));

		assertThat(worker().claimIds(2)).containsExactly(other, dead);
	}

	@Test
	void aJobWhoseTimeCameGoesBehindThoseThatWereReady() {
		JobId delayed = insert(aJob().delayedBy(seconds(1)));
		JobId ready = insert(aJob());
		pass(seconds(5));
		promote();

		assertThat(worker().claimIds(2)).containsExactly(ready, delayed);
	}

	@Test
	void aClaimThatMakesJobsReadyPutsThemToTheEndToo() {
		JobId delayed = insert(aJob().delayedBy(seconds(1)));
		JobId ready = insert(aJob());
		pass(seconds(5));

		assertThat(worker().claimIds(2)).containsExactly(ready, delayed);
	}

	@Test
	void aJobOfHigherPriorityComesFirstAsSoonAsItIsDue() {
		JobId ready = insert(aJob().withPriority(5));
		JobId urgent = insert(aJob().withPriority(1).delayedBy(seconds(1)));
		pass(seconds(1));

		assertThat(worker().claimIds(2)).containsExactly(urgent, ready);
	}

	@Test
	void jobsBecomeReadyByTheirTimeAndNotByTheirEnqueue() {
		List<JobId> ids = insert(aJob().delayedBy(seconds(30)), aJob().delayedBy(seconds(10)),
				aJob().delayedBy(seconds(20)));
		pass(minutes(1));

		assertThat(worker().claimIds(3)).containsExactly(ids.get(1), ids.get(2), ids.get(0));
	}

	@Test
	void jobsOfOneTimeBecomeReadyInTheOrderOfEnqueue() {
		List<JobDraft> drafts = IntStream.range(0, 500)
			.mapToObj((i) -> aJob().due(Due.at(now().plusSeconds(5))))
			.toList();
		List<JobId> ids = insertGroup(drafts);
		pass(seconds(5));
		while (store().maintenance().promoteDue(7) > 0) {
			assertThat(store().catalog().peek(DEFAULT, 1, JobCatalog.End.OLDEST)).extracting(Job::id)
				.containsExactly(ids.get(0));
		}

		assertThat(worker().claimIds(500)).isEqualTo(ids);
	}

	@Test
	void theOrderOfEnqueueDecidesAlsoBetweenRetriesAndDelayedJobs() {
		JobId first = insert(aJob());
		worker().fail(worker().claimOne(), seconds(5));
		JobId second = insert(aJob().delayedBy(seconds(5)));
		pass(seconds(5));
		promote();

		assertThat(worker().claimIds(2)).containsExactly(first, second);
	}

	@Test
	void aJobThatIsRescheduledToNowGoesToTheEnd() {
		JobId delayed = insert(aJob().delayedBy(seconds(5)));
		JobId ready = insert(aJob());
		store().control().reschedule(List.of(delayed), Due.NOW);

		assertThat(worker().claimIds(2)).containsExactly(ready, delayed);
	}

	@Test
	void aReadyJobThatIsRescheduledToNowKeepsItsPlace() {
		List<JobId> ids = insertMany(2);

		store().control().reschedule(ids.subList(0, 1), Due.NOW);

		assertThat(worker().claimIds(2)).isEqualTo(ids);
	}

	@Test
	void aJobThatIsDeletedAndStoredAgainGoesToTheEndOfItsNewPriority() {
		JobDraft deleted = aJob().withPriority(0);
		insert(deleted);
		List<JobId> others = insertMany(2);
		store().control().delete(List.of(deleted.id()));

		insert(deleted.withPriority(5));

		List<JobId> order = List.of(others.get(0), others.get(1), deleted.id());
		assertThat(store().catalog().peek(DEFAULT, 3, JobCatalog.End.OLDEST)).extracting(Job::id)
			.containsExactlyElementsOf(order);
		assertThat(worker().claimIds(2)).containsExactly(others.get(0), others.get(1));
		assertThat(worker().claimIds(2)).containsExactly(deleted.id());
	}

	@Test
	void everyProducerKeepsItsOwnOrder() {
		List<JobId> here = new ArrayList<>();
		List<JobId> there = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			here.addAll(insertGroup(List.of(aJob(), aJob())));
			there.add(insert(aJob()));
		}

		List<JobId> claimed = worker().claimIds(150);

		assertThat(claimed).containsSubsequence(here);
		assertThat(claimed).containsSubsequence(there);
	}

	@Test
	void theOrderIsNotThatOfTheIds() {
		JobDraft older = aJob();
		JobDraft younger = aJob();
		insert(younger, older);

		assertThat(worker().claimIds(2)).containsExactly(younger.id(), older.id());
	}

	@Test
	void aHandedBackJobKeepsItsDueTime() {
		JobId id = insert(aJob());
		pass(seconds(3));
		worker().handBack(worker().claimOne());

		assertThat(job(id).times().runAt()).isEqualTo(job(id).times().createdAt());
	}

}
