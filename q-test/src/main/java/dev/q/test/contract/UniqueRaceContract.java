package dev.q.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreCapability;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Many that want one key, in every scope and with every conflict.
 *
 * @since 0.1
 */
public abstract class UniqueRaceContract extends KeyTheme {

	private static final int THREADS = 16;

	private static final List<Scope> SCOPES = List.of(Scope.PENDING, Scope.UNTIL_DONE, Scope.UNTIL_SUCCESS,
			new Scope.Window(Duration.ofHours(1)));

	@BeforeEach
	void onlyWhereAllIsKnown() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	/** Each pair of a scope and a conflict in a queue of its own. */
	private static List<JobDraft> drafts() {
		List<JobDraft> drafts = new ArrayList<>();
		for (Scope scope : SCOPES) {
			for (Conflict conflict : Conflict.values()) {
				drafts.add(draft(scope, conflict));
			}
		}
		return drafts;
	}

	private static JobDraft draft(Scope scope, Conflict conflict) {
		return aJob().in(new QueueName(scope.getClass().getSimpleName() + "-" + conflict))
			.uniqueBy(KEY, scope, conflict);
	}

	/** The same job under an id and with a payload of its own. */
	private static JobDraft like(JobDraft draft) {
		JobDraft other = aJob();
		return draft.as(other.id()).carrying(other.spec().payload());
	}

	@Test
	void oneOfManyTakesAFreeKey() {
		for (JobDraft draft : drafts()) {
			List<Entry> entries = Race.of(THREADS, (i) -> () -> enter(like(draft)));

			List<Job> jobs = jobsOf(draft);
			assertThat(entries).as("%s", draft.spec().unique()).extracting(Entry::stored).containsOnlyOnce(true);
			assertThat(entries).extracting(Entry::id).containsOnly(jobs.get(0).id());
			assertThat(jobs).hasSize(1);
		}
	}

	@Test
	void oneOfManyFollowsAJobThatRuns() {
		for (Scope scope : SCOPES) {
			JobDraft draft = draft(scope, Conflict.RUN_AGAIN_AFTER);
			ClaimedJob first = running(draft);

			List<Entry> entries = Race.of(THREADS, (i) -> () -> enter(like(draft)));

			assertThat(entries).as("%s", scope).extracting(Entry::stored).containsOnlyOnce(true);
			assertThat(entries).extracting(Entry::id).containsOnly(entries.get(0).id());
			assertThat(jobsOf(draft)).hasSize(2);
			worker().succeed(first);
			pass(hours(1));
			assertThat(worker().on(draft.spec().queue()).claimIds(2)).containsExactly(entries.get(0).id());
		}
	}

	@Test
	void whatEndsWhileManyComeIsNeverTooManyAndNeverNone() {
		for (JobDraft draft : drafts()) {
			for (int round = 0; round < 3; round++) {
				JobDraft own = like(draft).in(new QueueName(draft.spec().queue() + "-" + round));
				ClaimedJob first = running(own);
				List<Entry> entries = Race.of(THREADS, (i) -> () -> {
					if (i == 0) {
						assertThat(worker().succeed(first)).isEqualTo(LeaseAnswer.APPLIED);
						return new Entry(first.job().id(), false);
					}
					return enter(like(own));
				});
				checkAfterTheEnd(own, entries);
			}
		}
		checkInvariants();
	}

	private void checkAfterTheEnd(JobDraft draft, List<Entry> entries) {
		List<Job> jobs = jobsOf(draft);
		long stored = entries.stream().filter(Entry::stored).count();
		assertThat(jobs).as("%s", draft.spec().unique()).hasSize((int) stored + 1);
		assertThat(jobs).noneMatch((job) -> job.state() == JobState.BLOCKED);
		assertThat(stored).isLessThanOrEqualTo(1);
		if (Objects.requireNonNull(draft.spec().unique()).conflict() == Conflict.RUN_AGAIN_AFTER) {
			assertThat(stored).isOne();
		}
	}

	@Test
	void whoeverIsAnsweredThatHisJobRunsAgainIsNotLost() {
		AtomicInteger open = new AtomicInteger(THREADS / 2);
		Race.of(THREADS, (i) -> () -> (i % 2 == 0) ? produce(open) : consume("worker-" + i, open));

		checkInvariants();
		assertThat(stats(DEFAULT).waiting()).isZero();
		Job last = all().stream()
			.max(Comparator.comparing((job) -> Objects.requireNonNull(job.times().startedAt())))
			.orElseThrow();
		assertThat(last.state()).isEqualTo(JobState.SUCCEEDED);
	}

	private boolean produce(AtomicInteger open) {
		for (int n = 0; n < 60; n++) {
			JobDraft draft = aJob().uniqueBy(KEY, Scope.UNTIL_DONE, Conflict.RUN_AGAIN_AFTER);
			Entry entry = enter(draft);
			assertThat(entry.stored() || entry.changed()).isTrue();
		}
		open.decrementAndGet();
		return true;
	}

	private boolean consume(String name, AtomicInteger open) {
		HandWorker worker = worker(name);
		List<ClaimedJob> claimed = worker.claim(1);
		while (open.get() > 0 || !claimed.isEmpty() || stats(DEFAULT).waiting() > 0) {
			for (ClaimedJob job : claimed) {
				assertThat(worker.succeed(job)).isEqualTo(LeaseAnswer.APPLIED);
			}
			claimed = worker.claim(1);
		}
		return true;
	}

	@Test
	void changesAndEndsOfAllKindsDoNotHinderEachOther() {
		JobStore second = secondNode();
		Race.of(THREADS, (i) -> () -> {
			JobStore node = (i % 2 == 0) ? store() : second;
			HandWorker worker = HandWorker.of(node, "worker-" + i);
			for (int round = 0; round < 40; round++) {
				Scope scope = SCOPES.get((i + round) % 3);
				Conflict conflict = List.of(Conflict.values()).get((i + round) % Conflict.values().length);
				JobDraft draft = aJob().uniqueBy("key-" + round % 3, scope, conflict);
				JobId id = enter(draft).id();
				switch ((i + round) % 5) {
					case 0 -> node.control().cancel(List.of(id), "called off");
					case 1 -> node.control().delete(List.of(id));
					case 2 -> worker.claim(2).forEach(worker::bury);
					case 3 -> node.control().retry(List.of(id));
					default -> worker.claim(2).forEach(worker::succeed);
				}
			}
			return true;
		});

		checkInvariants();
		store().control().delete(all().stream().map(Job::id).toList());
		store().control().delete(all().stream().map(Job::id).toList());
		assertThat(all()).isEmpty();
		insert(aJob().uniqueBy("key-0"), aJob().uniqueBy("key-1"), aJob().uniqueBy("key-2"));
	}

	private List<Job> jobsOf(JobDraft draft) {
		return all().stream().filter((job) -> job.spec().queue().equals(draft.spec().queue())).toList();
	}

}
