package dev.q.test.contract;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.q.admin.JobAdmin;
import dev.q.admin.explain.Explanation;
import dev.q.admin.explain.Surroundings.Behind;
import dev.q.admin.explain.Surroundings.QueueBusy;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.store.ClaimedJob;
import dev.q.store.JobCatalog;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What explanations say of claims, held against claims, after many random steps.
 *
 * @since 0.1
 */
public abstract class ClaimableContract extends Theme {

	@RepeatedTest(6)
	void aJobIsClaimableExactlyWhenTheNextClaimBringsIt(RepetitionInfo repetition) {
		int seed = repetition.getCurrentRepetition();
		Random random = new Random(seed);
		for (int round = 0; round < 8; round++) {
			for (int step = 0; step < 12; step++) {
				takeAStep(random);
			}
			List<JobId> expected = expected();
			assertThat(worker("next").claimIds(1)).as("seed %d, round %d", seed, round)
				.isEqualTo(expected.stream().limit(1).toList());
			assertThat(worker("all").claimIds(1000)).as("seed %d, round %d", seed, round)
				.isEqualTo(expected.stream().skip(1).toList());
		}
	}

	@RepeatedTest(6)
	void aJobOfAnExclusiveQueueIsClaimableExactlyWhenTheNextExclusiveClaimBringsIt(RepetitionInfo repetition) {
		int seed = repetition.getCurrentRepetition();
		Random random = new Random(seed);
		store().cluster()
			.announce(new WorkerInfo(new WorkerId("next"), "host", now(), WorkerInfo.State.RUNNING, List.of(DEFAULT),
					Set.of(DEFAULT), 1, 0), hours(24));
		List<ClaimedJob> hand = List.of();
		for (int round = 0; round < 20; round++) {
			for (int step = 0; step < 6; step++) {
				takeAStep(random);
			}
			List<JobId> expected = claimable();
			List<ClaimedJob> claimed = worker("next").claimExclusively(10, DEFAULT);
			assertThat(claimed.stream().map((job) -> job.job().id())).as("seed %d, round %d", seed, round)
				.isEqualTo(expected);
			hand = claimed.isEmpty() ? hand : claimed;
			requireThatAllWaitForTheJobThatRuns();
			if (random.nextBoolean()) {
				hand.forEach((job) -> worker("next").fail(job, seconds(random.nextInt(10))));
			}
		}
	}

	private List<JobId> claimable() {
		return all().stream().map(Job::id).filter((id) -> explain(id).isClaimable()).toList();
	}

	private void requireThatAllWaitForTheJobThatRuns() {
		List<JobId> running = all().stream().filter((job) -> job.state() == JobState.RUNNING).map(Job::id).toList();
		assertThat(running).hasSizeLessThanOrEqualTo(1);
		for (Job job : all()) {
			boolean isDue = JobCatalog.Standing.isDue(job, now());
			assertThat(explain(job.id()).reasons().stream().filter(QueueBusy.class::isInstance))
				.isEqualTo(isDue ? running.stream().map((id) -> new QueueBusy(DEFAULT, id, 1, 0)).toList() : List.of());
		}
	}

	@Test
	void aPlaceThatADeletedJobLeftBehindIsNobodysThoughItsIdComesAgain() {
		JobDraft again = aJob();
		insert(again);
		store().control().delete(List.of(again.id()));
		JobId first = insert(aJob());
		insert(again);

		assertThat(explain(first).isClaimable()).isTrue();
		assertThat(explain(again.id()).reasons()).contains(new Behind(1, true));
	}

	@Test
	void aPlaceOfAJobWithADeadlineIsNobodysEither() {
		JobDraft again = aJob().livingFor(hours(1));
		insert(again);
		store().control().delete(List.of(again.id()));
		JobId first = insert(aJob());
		insert(again);

		assertThat(explain(first).isClaimable()).isTrue();
		assertThat(explain(again.id()).reasons()).contains(new Behind(1, true));
	}

	/** What explanations say of the next claims. No two jobs may stand at one place. */
	private List<JobId> expected() {
		Map<Long, JobId> line = new TreeMap<>();
		for (Job job : all()) {
			Explanation explanation = explain(job.id());
			assertThat(explanation.reasons()).isNotEmpty();
			place(explanation).forEach((place) -> assertThat(line.put(place, job.id())).isNull());
		}
		boolean isPaused = pause().stopsOut();
		assertThat(all().stream().filter((job) -> explain(job.id()).isClaimable()))
			.hasSize((line.isEmpty() || isPaused) ? 0 : 1);
		return isPaused ? List.of() : List.copyOf(line.values());
	}

	private static Stream<Long> place(Explanation explanation) {
		return explanation.isClaimable() ? Stream.of(0L)
				: explanation.reasons()
					.stream()
					.filter(Behind.class::isInstance)
					.map((reason) -> ((Behind) reason).jobs());
	}

	private Pause pause() {
		return store().catalog().queues().stream().findFirst().map(QueueStats::pause).orElse(Pause.NONE);
	}

	private void takeAStep(Random random) {
		switch (random.nextInt(14)) {
			case 0, 1, 2, 3, 4 -> insert(aJob().withPriority(random.nextInt(3)));
			case 5, 6 -> insert(aJob().withPriority(random.nextInt(3)).delayedBy(seconds(random.nextInt(20))));
			case 7 -> insert(aJob().withPriority(random.nextInt(3)).livingFor(seconds(1 + random.nextInt(20))));
			case 8 -> pass(seconds(random.nextInt(10)));
			case 9 -> store().control().pause(DEFAULT, List.of(PauseMode.values()).get(random.nextInt(4)));
			case 10 -> store().control().resume(DEFAULT);
			case 11 -> claimAndSettle(random);
			case 12 -> intervene(random, all().stream().filter((job) -> job.state().isWaiting()).toList());
			default -> maintain(random);
		}
		if (pause().stopsIn()) {
			store().control().resume(DEFAULT);
		}
	}

	private void claimAndSettle(Random random) {
		for (ClaimedJob job : worker().claim(random.nextInt(3) + 1)) {
			switch (random.nextInt(4)) {
				case 0 -> worker().succeed(job);
				case 1 -> worker().fail(job, seconds(random.nextInt(10)));
				case 2 -> worker().handBack(job);
				default -> worker().release(job, ReleaseReason.SNOOZE, seconds(random.nextInt(3)));
			}
		}
	}

	private void intervene(Random random, List<Job> waiting) {
		if (!waiting.isEmpty()) {
			List<JobId> one = List.of(waiting.get(random.nextInt(waiting.size())).id());
			switch (random.nextInt(4)) {
				case 0 -> admin().hold(one);
				case 1 -> admin().cancel(one, "not wanted");
				case 2 -> admin().delete(one);
				default -> admin().runNow(one);
			}
		}
	}

	private void maintain(Random random) {
		switch (random.nextInt(3)) {
			case 0 -> promote();
			case 1 -> recover();
			default -> expire();
		}
	}

	private Explanation explain(JobId id) {
		return admin().explain(id);
	}

	private JobAdmin admin() {
		return new JobAdmin(store());
	}

}
