package dev.q.test.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.admin.BulkAction;
import dev.q.admin.BulkReport;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobEdit;
import dev.q.admin.JobFilter;
import dev.q.admin.JobNotEditedException;
import dev.q.admin.audit.AuditTrail;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.store.JobCatalog;
import dev.q.store.JobCatalog.Page;
import dev.q.store.JobControl.EditAnswer;
import dev.q.store.JobWalk;
import dev.q.store.PauseMode;
import dev.q.store.WorkerInfo;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Steering many jobs, by id and by filter.
 *
 * @since 0.1
 */
public abstract class AdminContract extends Theme {

	private static final TypeName OTHER = new TypeName("other");

	@Test
	void theWorkersOfAQueueAreKnown() {
		WorkerInfo mails = new WorkerInfo(new WorkerId("mails"), "host", now(), WorkerInfo.State.RUNNING,
				List.of(MAIL, REPORTS), Set.of(), 4, 1);
		WorkerInfo others = new WorkerInfo(new WorkerId("others"), "host", now(), WorkerInfo.State.DRAINING,
				List.of(REPORTS), Set.of(), 2, 2);
		store().cluster().announce(mails, minutes(1));
		store().cluster().announce(others, minutes(1));

		assertThat(admin().workers(MAIL)).containsExactly(mails);
		assertThat(admin().workers(REPORTS)).containsExactlyInAnyOrder(mails, others);
		assertThat(admin().workers(DEFAULT)).isEmpty();
	}

	@Test
	void deadJobsAreRetriedByFilterPieceByPiece() {
		List<JobId> dead = bury(1200);
		JobId alive = insert(aJob());
		BulkRequest request = BulkRequest.of(BulkAction.retry(), JobFilter.ALL);

		BulkReport report = admin().run(request);

		assertThat(report).isEqualTo(new BulkReport(1200, 1200, 1200, null));
		assertThat(stats(DEFAULT).count(JobState.READY)).isEqualTo(1201);
		assertThat(state(alive)).isEqualTo(JobState.READY);
		assertThat(admin().run(request)).isEqualTo(new BulkReport(0, 0, 0, null));
		assertThat(worker().claimIds(2000)).hasSize(1201).containsAll(dead);
	}

	@Test
	void aDryRunCountsAndChangesNothing() {
		bury(30);
		BulkReport report = admin().dryRun(BulkRequest.of(BulkAction.retry(), JobFilter.ALL));

		assertThat(report).isEqualTo(new BulkReport(30, 30, 0, null));
		assertThat(stats(DEFAULT).count(JobState.DEAD)).isEqualTo(30);
	}

	@Test
	void aLimitIsKeptAndTheRestFollows() {
		List<JobId> ids = bury(25);
		BulkRequest request = BulkRequest.of(BulkAction.delete(), JobFilter.ALL.in(JobState.DEAD)).limitedTo(10);
		List<Long> changed = new ArrayList<>();
		BulkReport report = admin().run(request);
		changed.add(report.changed());
		while (!report.isComplete()) {
			report = admin().run(request.after(report));
			changed.add(report.changed());
		}

		assertThat(changed).startsWith(10L, 10L, 5L);
		assertThat(ids).noneMatch(this::isKnown);
		BulkReport last = report;
		assertThatIllegalArgumentException().isThrownBy(() -> request.after(last));
	}

	@Test
	void onlyWhatTheFilterMeansIsChanged() {
		JobId meant = insert(aJob().in(MAIL).ofType(OTHER).annotated(Set.of("red", "big"), Map.of()));
		pass(minutes(1));
		JobId young = insert(aJob().in(MAIL).ofType(OTHER).annotated(Set.of("red"), Map.of()));
		JobId untagged = insert(aJob().in(MAIL).ofType(OTHER));
		JobId elsewhere = insert(aJob().ofType(OTHER).annotated(Set.of("red"), Map.of()));
		JobId ofAnotherType = insert(aJob().in(MAIL).annotated(Set.of("red"), Map.of()));
		JobFilter filter = JobFilter.ALL.of(MAIL).of(OTHER).tagged("red").storedBefore(now());

		BulkReport report = admin().run(BulkRequest.of(BulkAction.cancel("too many"), filter));

		assertThat(report).isEqualTo(new BulkReport(2, 1, 1, null));
		assertThat(details(meant).cancelReason()).isEqualTo("too many");
		assertThat(List.of(young, untagged, elsewhere, ofAnotherType)).allMatch((id) -> state(id) == JobState.READY);
	}

	@Test
	void manyJobsAreHeldReleasedAndGivenATime() {
		insertMany(20);
		admin().run(BulkRequest.of(BulkAction.hold(), JobFilter.ALL));
		assertThat(all()).allMatch(Job::isHeld);

		assertThat(admin().run(BulkRequest.of(BulkAction.release(), JobFilter.ALL)).changed()).isEqualTo(20);
		assertThat(stats(DEFAULT).count(JobState.READY)).isEqualTo(20);
		admin().run(BulkRequest.of(BulkAction.reschedule(Due.in(hours(1))), JobFilter.ALL));
		assertThat(worker().claim(20)).isEmpty();
	}

	@Test
	void jobsWhoseKeyIsTakenAreCountedAsNotChanged() {
		JobDraft draft = aJob().uniqueBy("key");
		bring(draft, JobState.DEAD);
		insert(aJob().uniqueBy("key"));

		assertThat(admin().run(BulkRequest.of(BulkAction.retry(), JobFilter.ALL)))
			.isEqualTo(new BulkReport(1, 1, 0, null));
	}

	@Test
	void aFilterThatContradictsTheActionIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BulkRequest.of(BulkAction.retry(), JobFilter.ALL.in(JobState.SUCCEEDED)))
			.withMessageContaining("retry")
			.withMessageContaining("SUCCEEDED");
		assertThatIllegalArgumentException().isThrownBy(() -> BulkRequest.of(BulkAction.delete(), JobFilter.ALL))
			.withMessageContaining("delete");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BulkRequest.of(BulkAction.retry(), JobFilter.ALL).limitedTo(0));
		assertThatIllegalArgumentException().isThrownBy(() -> JobFilter.ALL.tagged("no tag"));
	}

	@Test
	void aPageWithoutRoomIsRefusedWhateverTheFilterIs() {
		insertMany(3);
		pass(TICK);

		for (JobFilter filter : List.of(JobFilter.ALL, JobFilter.ALL.storedBefore(now()))) {
			assertThatIllegalArgumentException().isThrownBy(() -> admin().search(filter, 0, null));
			assertThatIllegalArgumentException().isThrownBy(() -> admin().search(filter, -1, null));
		}
	}

	@Test
	void aCursorThatIsNoneIsRefused() {
		BulkRequest request = new BulkRequest(BulkAction.retry(), JobFilter.ALL, 10, "no cursor");

		assertThatIllegalArgumentException().isThrownBy(() -> admin().run(request));
	}

	@Test
	void aWalkShowsEachJobOnceThatStaysWhileActsMoveThem() {
		List<JobId> ids = insertMany(30);
		JobWalk walk = walk(JobState.READY, JobState.SCHEDULED);
		List<JobId> seen = new ArrayList<>();
		String cursor = null;
		do {
			Page<Job> page = walk.page(7, cursor);
			List<JobId> shown = page.items().stream().map(Job::id).toList();
			store().control().hold(shown.subList(0, 1));
			store().control().delete(shown.subList(1, 2));
			seen.addAll(shown);
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(seen).isEqualTo(ids);
	}

	@Test
	void aPageOfAWalkShowsJobsAsTheyAreByThen() {
		List<JobId> ids = insertMany(5);
		JobWalk walk = walk(JobState.READY);
		Page<Job> first = walk.page(2, null);
		store().control().cancel(ids.subList(2, 3), "called off");
		store().control().delete(ids.subList(3, 4));

		assertThat(walk.page(2, first.next()).items()).extracting(Job::id).containsExactly(ids.get(4));
		store().control().retry(ids.subList(2, 3));
		assertThat(walk.page(9, null).items()).extracting(Job::id)
			.containsExactly(ids.get(0), ids.get(1), ids.get(2), ids.get(4));
		assertThat(walk(JobState.READY).page(1, first.next()).items()).extracting(Job::id).containsExactly(ids.get(2));
		assertThatIllegalArgumentException().isThrownBy(() -> walk.page(1, "no cursor"));
		assertThatIllegalArgumentException().isThrownBy(() -> walk.page(0, null));
	}

	@Test
	void twoNodesMayDoTheSame() {
		List<JobId> dead = bury(40);
		BulkRequest request = BulkRequest.of(BulkAction.retry(), JobFilter.ALL).limitedTo(10);
		JobAdmin other = new JobAdmin(secondNode());
		BulkReport here = admin().run(request);
		BulkReport there = other.run(request);

		assertThat(here.changed() + there.changed()).isEqualTo(20);
		assertThat(worker().claimIds(100)).hasSize(20).isSubsetOf(new HashSet<>(dead));
	}

	@Test
	void aJobIsEditedFromWhatWasSeen() {
		JobId id = insert(aJob().annotated(Set.of("old"), Map.of("h", "1")));
		Job seen = job(id);
		admin().edit(JobEdit.of(seen).payload(3, payload("new")).priority(2).tags(Set.of("new")).headers(Map.of()));

		assertThat(job(id).spec().payload()).isEqualTo(payload("new"));
		assertThat(job(id).spec().payloadVersion()).isEqualTo(3);
		assertThat(job(id).spec().priority()).isEqualTo(2);
		assertThat(job(id).spec().tags()).containsExactly("new");
		assertThat(job(id).spec().headers()).isEmpty();
		assertThatExceptionOfType(JobNotEditedException.class)
			.isThrownBy(() -> admin().edit(JobEdit.of(seen).priority(3)))
			.satisfies((ex) -> assertThat(ex.answer()).isEqualTo(EditAnswer.CHANGED))
			.withMessageContaining(id.toString());
	}

	@Test
	void aDeadJobIsMendedAndRuns() {
		JobDraft draft = aJob();
		bring(draft, JobState.DEAD);
		admin().editAndRetry(JobEdit.of(job(draft.id())).payload(payload("mended")));

		assertThat(worker().claimOne().job().spec().payload()).isEqualTo(payload("mended"));
	}

	@Test
	void aPayloadThatIsTooLargeIsRefused() {
		Job seen = job(insert(aJob()));
		JobAdmin strict = new JobAdmin(store(), 10, AuditTrail.logged(), JobEvents.NONE);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> strict.edit(JobEdit.of(seen).payload(payload("eleven char"))))
			.withMessageContaining("11 bytes")
			.withMessageContaining("10");
		assertThat(job(seen.id())).isEqualTo(seen);
	}

	@Test
	void manyIdsAreChangedInPieces() {
		List<JobId> ids = insertMany(700);

		assertThat(admin().hold(ids)).hasSize(700);
		assertThat(admin().release(ids)).hasSize(700);
		assertThat(worker().claimIds(700)).isEqualTo(ids);
		assertThat(admin().cancel(ids, "called off")).hasSize(700);
		assertThat(admin().retry(ids)).hasSize(700);
		assertThat(admin().reschedule(ids, Due.in(hours(1)))).hasSize(700);
		assertThat(admin().runNow(ids)).hasSize(700);
		assertThat(admin().delete(ids)).hasSize(700);
		assertThat(all()).isEmpty();
	}

	@Test
	void aQueueIsPausedAndResumed() {
		insert(aJob());
		admin().pause(DEFAULT, PauseMode.OUT);
		assertThat(admin().queues()).extracting((stats) -> stats.pause().mode()).containsExactly(PauseMode.OUT);
		admin().resume(DEFAULT);
		assertThat(worker().claim(1)).hasSize(1);
	}

	private JobWalk walk(JobState... states) {
		return store().catalog().walk(new JobCatalog.Query(Set.of(states), null, null));
	}

	private JobAdmin admin() {
		return new JobAdmin(store());
	}

	private List<JobId> bury(int count) {
		List<JobId> ids = insertMany(Math.min(count, 1000));
		if (count > ids.size()) {
			ids = Stream.concat(ids.stream(), insertMany(count - ids.size()).stream()).toList();
		}
		worker().claim(count).forEach(worker()::bury);
		return ids;
	}

}
