package dev.q.test.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.QueueStats;
import dev.q.store.WorkStore;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of jobs that are stored. How a full queue answers is a theme of its own,
 * {@link CapacityContract}.
 *
 * @since 0.1
 */
public abstract class InsertContract extends Theme {

	@Test
	void aJobIsReadyAtOnceUnlessItIsDelayed() {
		List<JobId> ids = insert(aJob(), aJob().delayedBy(TICK));

		assertThat(state(ids.get(0))).isEqualTo(JobState.READY);
		assertThat(state(ids.get(1))).isEqualTo(JobState.SCHEDULED);
	}

	@Test
	void aNewJobHasNoPast() {
		JobId id = insert(aJob());

		assertThat(job(id).counters()).isEqualTo(JobCounters.ZERO);
		assertThat(job(id).attempt()).isOne();
		assertThat(job(id).times()).isEqualTo(JobTimes.created(now(), now(), null));
		assertThat(details(id)).extracting("lastError", "deadReason", "cancelReason", "worker", "leasedUntil")
			.containsOnlyNulls();
	}

	@Test
	void theClockOfTheStoreSaysWhenAJobWasStoredAndIsDue() {
		pass(hours(3));

		JobId id = insert(aJob().delayedBy(minutes(5)));

		assertThat(job(id).times().createdAt()).isEqualTo(now());
		assertThat(job(id).times().runAt()).isEqualTo(now().plus(minutes(5)));
	}

	@Test
	void payloadsComeBackByteForByte() {
		for (int size : new int[] { 0, 1, 255, 256 * 1024 }) {
			byte[] bytes = new byte[size];
			IntStream.range(0, size).forEach((i) -> bytes[i] = (byte) i);

			JobId id = insert(aJob().carrying(Payload.octets(bytes)));

			assertThat(job(id).spec().payload().toByteArray()).isEqualTo(bytes);
		}
	}

	@Test
	void aPayloadKeepsItsContentType() {
		JobId id = insert(aJob().carrying(Payload.json(new byte[] { '{', '}' })));

		assertThat(job(id).spec().payload().contentType()).isEqualTo(Payload.JSON);
	}

	@Test
	void everythingThatAJobIsComesBack() {
		JobLimits limits = new JobLimits(7, 2, seconds(90), minutes(2), null, null);
		JobSpec spec = new JobSpec(MAIL, JobDraft.TYPE, 3, payload("x"), 8, limits, DeliveryMode.AT_LEAST_ONCE,
				Durability.STANDARD, null, "exponential", Set.of("a", "b"), Map.of("trace", "00-1"));

		JobId id = insert(aJob().with(spec));

		assertThat(job(id).spec()).isEqualTo(spec);
		assertThat(worker().on(MAIL).claimOne().job().spec()).isEqualTo(spec);
	}

	@Test
	void headersMayBeEmptyAndBeyondTheBasicPlane() {
		Map<String, String> headers = Map.of("empty", "", "clef", "\ud834\udd1e", "quotes", "a\"b'c\\d\n\u0000");

		JobId id = insert(aJob().annotated(Set.of(), headers));

		assertThat(job(id).spec().headers()).isEqualTo(headers);
	}

	@Test
	void theSameIdTwiceStoresOneJob() {
		JobDraft draft = aJob();
		insert(draft);

		InsertAnswer.Entry second = enter(draft);

		assertThat(second).isEqualTo(new InsertAnswer.Entry(draft.id(), false));
		assertThat(worker().claimIds(10)).containsExactly(draft.id());
	}

	@Test
	void theFirstPayloadOfAnIdIsKept() {
		JobDraft draft = aJob().carrying(payload("first"));
		insert(draft);

		enter(draft.carrying(payload("second")));

		assertThat(job(draft.id()).spec().payload()).isEqualTo(payload("first"));
	}

	@Test
	void anIdThatIsKnownInAnyStateIsADuplicate() {
		JobDraft draft = aJob();
		for (JobState state : Careers.STATES) {
			JobDraft other = aJob().in(new QueueName("queue-" + state));
			bring(other, state);

			InsertAnswer.Entry again = enter(other.carrying(draft.spec().payload()));

			assertThat(again).isEqualTo(new InsertAnswer.Entry(other.id(), false));
			assertThat(state(other.id())).isEqualTo(state);
		}
	}

	@Test
	void theSameIdTwiceInAGroupStoresOneJob() {
		JobDraft draft = aJob();

		InsertAnswer answer = offer(0, draft, draft);

		assertThat(answer).isEqualTo(new InsertAnswer.Accepted(
				List.of(new InsertAnswer.Entry(draft.id(), true), new InsertAnswer.Entry(draft.id(), false))));
		assertThat(stats(DEFAULT).waiting()).isOne();
	}

	@Test
	void aGroupIsAnsweredAndBecomesReadyInItsOrder() {
		List<JobDraft> drafts = Stream.generate(Theme::aJob).limit(WorkStore.MAX_GROUP).toList();

		List<JobId> ids = insertGroup(drafts);

		assertThat(worker().claimIds(WorkStore.MAX_GROUP)).isEqualTo(ids);
	}

	@Test
	void theOrderOfAGroupIsThatOfTheGroupAndNotOfTheIds() {
		JobDraft older = aJob();
		JobDraft younger = aJob();

		insertGroup(List.of(younger, older));

		assertThat(worker().claimIds(2)).containsExactly(younger.id(), older.id());
	}

	@Test
	void groupsAreAnsweredInTheirOrder() {
		JobDraft mail = aJob().in(MAIL);
		JobDraft report = aJob().in(REPORTS);

		List<InsertAnswer> answers = store().work().insert(List.of(group(0, List.of(report)), group(0, List.of(mail))));

		assertThat(answers).containsExactly(
				new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(report.id(), true))),
				new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(mail.id(), true))));
		assertThat(job(mail.id()).spec().queue()).isEqualTo(MAIL);
		assertThat(job(report.id()).spec().queue()).isEqualTo(REPORTS);
	}

	@Test
	void twoGroupsOfOneCallMayBeForOneQueue() {
		List<JobDraft> drafts = List.of(aJob(), aJob(), aJob());

		store().work().insert(List.of(group(0, drafts.subList(0, 2)), group(0, drafts.subList(2, 3))));

		assertThat(worker().claimIds(3)).isEqualTo(drafts.stream().map(JobDraft::id).toList());
	}

	@Test
	void noGroupsAreNoWork() {
		assertThat(store().work().insert(List.of())).isEmpty();
	}

	@Test
	void sendingTheSameGroupsAgainStoresNothingTwice() {
		List<JobDraft> drafts = Stream.generate(Theme::aJob).limit(50).toList();
		insertGroup(drafts);
		worker().claim(10).forEach(worker()::succeed);

		InsertAnswer again = offer(0, drafts.toArray(JobDraft[]::new));

		assertThat(((InsertAnswer.Accepted) again).jobs()).extracting(InsertAnswer.Entry::stored).containsOnly(false);
		assertThat(worker().claimIds(50)).isEqualTo(drafts.stream().map(JobDraft::id).skip(10).toList());
	}

	@Test
	void aGroupOfNewAndKnownJobsStoresTheNewOnes() {
		JobDraft known = aJob();
		JobDraft unknown = aJob();
		insert(known);

		InsertAnswer answer = offer(0, known, unknown);

		assertThat(answer).isEqualTo(new InsertAnswer.Accepted(
				List.of(new InsertAnswer.Entry(known.id(), false), new InsertAnswer.Entry(unknown.id(), true))));
	}

	@Test
	void aQueueComesIntoBeingWithItsFirstJob() {
		assertThat(store().catalog().queues()).extracting(QueueStats::queue).doesNotContain(MAIL);

		insert(aJob().in(MAIL));

		assertThat(store().catalog().queues()).extracting(QueueStats::queue).contains(MAIL);
	}

	@Test
	void namesOfQueuesMayHaveOneToAHundredAndTwentyEightCharacters() {
		for (String name : List.of("a", "q".repeat(128), "Mixed.Case_and-0", "..", "-")) {
			QueueName queue = new QueueName(name);

			JobId id = insert(aJob().in(queue));

			assertThat(worker().on(queue).claimIds(1)).containsExactly(id);
		}
	}

	@Test
	void namesOfQueuesDifferByCase() {
		JobId lower = insert(aJob().in(new QueueName("mail")));
		JobId upper = insert(aJob().in(new QueueName("MAIL")));

		assertThat(worker().on(new QueueName("MAIL")).claimIds(2)).containsExactly(upper);
		assertThat(worker().on(new QueueName("mail")).claimIds(2)).containsExactly(lower);
	}

	@Test
	void aSecondNodeSeesWhatTheFirstOneStored() {
		JobId id = insert(aJob());

		List<Job> seen = secondNode().catalog().find(Arrays.asList(id)).stream().map((found) -> found.job()).toList();

		assertThat(seen).containsExactly(job(id));
	}

}
