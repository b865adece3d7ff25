package dev.q.test.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.JobCatalog;
import dev.q.store.JobCatalog.End;
import dev.q.store.JobCatalog.Page;
import dev.q.store.JobCatalog.Query;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What people see.
 *
 * @since 0.1
 */
public abstract class CatalogContract extends Theme {

	@Test
	void jobsAreFoundInTheOrderOfTheirIdsAsGiven() {
		JobId first = insert(aJob().in(MAIL));
		JobId second = insert(aJob().in(REPORTS));
		JobId third = insert(aJob().in(MAIL));

		assertThat(catalog().find(List.of(third, first, second))).extracting(JobDetails::id)
			.containsExactly(third, first, second);
	}

	@Test
	void unknownJobsAreLeftOut() {
		JobId known = insert(aJob());

		assertThat(catalog().find(List.of(aJob().id(), known, aJob().id()))).extracting(JobDetails::id)
			.containsExactly(known);
		assertThat(catalog().find(List.of())).isEmpty();
	}

	@Test
	void aJobThatIsAskedForTwiceIsFoundOnce() {
		JobId first = insert(aJob());
		JobId second = insert(aJob());
		List<JobId> ids = List.of(second, first, second);

		assertThat(catalog().find(ids)).extracting(JobDetails::id).containsExactly(second, first);
		assertThat(catalog().find(DEFAULT, ids)).extracting(JobDetails::id).containsExactly(second, first);
	}

	@Test
	void jobsCanBeFoundInOneQueueOnly() {
		JobId mail = insert(aJob().in(MAIL));
		JobId report = insert(aJob().in(REPORTS));

		assertThat(catalog().find(MAIL, List.of(report, mail))).extracting(JobDetails::id).containsExactly(mail);
		assertThat(catalog().find(new QueueName("unknown"), List.of(mail))).isEmpty();
	}

	@Test
	void aSearchGoesByIdAcrossAllQueues() {
		List<JobDraft> drafts = List.of(aJob().in(MAIL), aJob().in(REPORTS), aJob(), aJob().in(MAIL));
		insert(drafts.get(3), drafts.get(1), drafts.get(2), drafts.get(0));

		assertThat(all()).extracting(Job::id).isEqualTo(drafts.stream().map(JobDraft::id).toList());
	}

	@Test
	void pagesNeitherSkipNorRepeat() {
		List<JobId> ids = insertMany(25);

		List<JobId> seen = new ArrayList<>();
		int pages = 0;
		String cursor = null;
		do {
			Page<Job> page = catalog().search(Query.ALL, 10, cursor);
			page.items().forEach((job) -> seen.add(job.id()));
			cursor = page.next();
			pages++;
		}
		while (cursor != null);

		assertThat(seen).isEqualTo(ids);
		assertThat(pages).isEqualTo(3);
	}

	@Test
	void aFullLastPageSaysThatItIsTheLast() {
		insertMany(10);
		Page<Job> first = catalog().search(Query.ALL, 5, null);

		Page<Job> second = catalog().search(Query.ALL, 5, first.next());

		assertThat(second.items()).hasSize(5);
		assertThat(second.next()).isNull();
	}

	@Test
	void jobsThatStayAreSeenOnceWhileOthersComeAndGo() {
		List<JobDraft> reserve = IntStream.range(0, 20).mapToObj((i) -> aJob()).toList();
		List<JobId> staying = insertMany(20);
		List<JobId> leaving = insertMany(20);
		List<JobId> seen = new ArrayList<>();
		String cursor = null;
		int turn = 0;
		do {
			Page<Job> page = catalog().search(Query.ALL, 3, cursor);
			page.items().forEach((job) -> seen.add(job.id()));
			cursor = page.next();
			insert(reserve.get(turn));
			store().control().delete(leaving.subList(turn, turn + 1));
			worker().claim(1).forEach(worker()::succeed);
			turn++;
		}
		while (cursor != null);

		assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
	}

	@Test
	void aCursorThatPointsToADeletedJobStillWorks() {
		List<JobId> ids = insertMany(4);
		Page<Job> first = catalog().search(Query.ALL, 2, null);
		store().control().delete(ids.subList(0, 3));

		assertThat(catalog().search(Query.ALL, 2, first.next()).items()).extracting(Job::id)
			.containsExactly(ids.get(3));
	}

	@Test
	void aCursorOfNobodyIsRefused() {
		for (String cursor : List.of("", "nonsense", "'; drop table", "x".repeat(10_000), "\u0000")) {
			assertThatIllegalArgumentException().isThrownBy(() -> catalog().search(Query.ALL, 10, cursor));
		}
	}

	@Test
	void aSearchCanBeNarrowedToStatesQueueAndType() {
		TypeName invoice = new TypeName("invoice");
		JobId mail = insert(aJob().in(MAIL));
		JobId invoiceMail = insert(aJob().in(MAIL).ofType(invoice));
		JobId report = insert(aJob().in(REPORTS).delayedBy(seconds(1)));

		assertThat(idsOf(new Query(Set.of(), MAIL, null))).containsExactly(mail, invoiceMail);
		assertThat(idsOf(new Query(Set.of(), null, invoice))).containsExactly(invoiceMail);
		assertThat(idsOf(new Query(Set.of(JobState.SCHEDULED), null, null))).containsExactly(report);
		assertThat(idsOf(new Query(Set.of(JobState.SCHEDULED, JobState.READY), null, null))).containsExactly(mail,
				invoiceMail, report);
		assertThat(idsOf(new Query(Set.of(JobState.SCHEDULED), MAIL, null))).isEmpty();
		assertThat(idsOf(new Query(Set.of(JobState.READY), MAIL, invoice))).containsExactly(invoiceMail);
		assertThat(idsOf(new Query(Set.of(), new QueueName("unknown"), null))).isEmpty();
	}

	@Test
	void aSearchCanBeNarrowedToATag() {
		JobId red = insert(aJob().annotated(Set.of("red", "tag"), Map.of()));
		insert(aJob().annotated(Set.of("redder", "blue"), Map.of("tag", "red", "x", "\ntag=red\n")));
		JobId mail = insert(aJob().in(MAIL).annotated(Set.of("a", "red", "z"), Map.of("k", "v")).uniqueBy("key"));
		JobId ended = running(aJob().in(REPORTS).annotated(Set.of("red"), Map.of())).job().id();
		store().control().cancel(List.of(ended), "called off");
		insert(aJob());

		assertThat(idsOf(Query.ALL.tagged("red"))).containsExactly(red, mail, ended);
		assertThat(idsOf(new Query(Set.of(), MAIL, null).tagged("red"))).containsExactly(mail);
		assertThat(idsOf(new Query(Set.of(JobState.CANCELLED), null, null).tagged("red"))).containsExactly(ended);
		assertThat(idsOf(Query.ALL.tagged("tag"))).containsExactly(red);
		assertThat(idsOf(Query.ALL.tagged("none"))).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> Query.ALL.tagged("no tag"));
	}

	@Test
	void aNarrowSearchGoesPageByPageToo() {
		List<JobId> mails = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			mails.add(insert(aJob().in(MAIL)));
			insert(aJob().in(REPORTS));
		}
		Query query = new Query(Set.of(), MAIL, null);
		List<JobId> seen = new ArrayList<>();
		String cursor = null;
		do {
			Page<Job> page = catalog().search(query, 2, cursor);
			page.items().forEach((job) -> seen.add(job.id()));
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(seen).isEqualTo(mails);
	}

	@Test
	void aPeekShowsTheOrderOfClaims() {
		insert(aJob().withPriority(7), aJob().withPriority(2), aJob().withPriority(7), aJob().withPriority(0));
		List<JobId> peeked = peek(10, End.OLDEST);

		assertThat(worker().claimIds(10)).isEqualTo(peeked);
	}

	@Test
	void aPeekFromTheOtherEndShowsTheReverse() {
		List<JobId> ids = insert(aJob().withPriority(7), aJob().withPriority(2), aJob().withPriority(7));

		assertThat(peek(10, End.NEWEST)).containsExactly(ids.get(2), ids.get(0), ids.get(1));
		assertThat(peek(1, End.NEWEST)).containsExactly(ids.get(2));
		assertThat(peek(2, End.OLDEST)).containsExactly(ids.get(1), ids.get(0));
	}

	@Test
	void aPeekShowsReadyJobsOnlyAndClaimsNothing() {
		insert(aJob().delayedBy(seconds(1)));
		JobId ready = insert(aJob());
		peek(10, End.OLDEST);

		assertThat(peek(10, End.OLDEST)).containsExactly(ready);
		assertThat(state(ready)).isEqualTo(JobState.READY);
		assertThat(catalog().peek(new QueueName("unknown"), 1, End.OLDEST)).isEmpty();
	}

	@Test
	void everyStateIsCounted() {
		Map<JobState, Long> expected = new EnumMap<>(JobState.class);
		for (int i = 0; i < Careers.STATES.size(); i++) {
			JobState state = Careers.STATES.get(i);
			for (int j = 0; j <= i; j++) {
				bring(aJob().in(new QueueName("queue-" + state + j)), state);
			}
			expected.put(state, i + 1L);
		}

		Map<JobState, Long> counted = new EnumMap<>(JobState.class);
		catalog().queues()
			.forEach((stats) -> Arrays.stream(JobState.values())
				.filter((state) -> stats.count(state) > 0)
				.forEach((state) -> counted.merge(state, stats.count(state), Long::sum)));
		assertThat(counted).isEqualTo(expected);
	}

	@Test
	void theOldestReadyJobOfAnyPriorityCounts() {
		Instant start = now();
		assertThat(catalog().queues()).isEmpty();
		JobId low = insert(aJob().withPriority(9));
		pass(seconds(5));
		insert(aJob().withPriority(0));
		assertThat(stats(DEFAULT).oldestReady()).isEqualTo(start);

		store().control().cancel(List.of(low), "called off");
		assertThat(stats(DEFAULT).oldestReady()).isEqualTo(start.plusSeconds(5));
		worker().claimOne();
		assertThat(stats(DEFAULT).oldestReady()).isNull();
	}

	@Test
	void aJobThatWasDelayedIsReadySinceItWasDue() {
		Instant due = now().plusSeconds(5);
		insert(aJob().delayedBy(seconds(5)));
		assertThat(stats(DEFAULT).oldestReady()).isNull();
		pass(seconds(60));
		promote();

		assertThat(stats(DEFAULT).oldestReady()).isEqualTo(due);
	}

	private JobCatalog catalog() {
		return store().catalog();
	}

	private List<JobId> peek(int limit, End end) {
		return catalog().peek(DEFAULT, limit, end).stream().map(Job::id).toList();
	}

	private List<JobId> idsOf(Query query) {
		return catalog().search(query, 100, null).items().stream().map(Job::id).toList();
	}

}
