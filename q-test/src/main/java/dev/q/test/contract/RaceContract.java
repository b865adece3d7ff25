package dev.q.test.contract;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two at once who want opposite things: one of them wins, and the other is told.
 *
 * @since 0.1
 */
public abstract class RaceContract extends Theme {

	private static final int ROUNDS = 200;

	@Test
	void aJobIsEitherCancelledBeforeItStartsOrLosesItsLease() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				JobId id = insert(aJob());
				List<ClaimedJob> claimed = new ArrayList<>();

				race.<Boolean>run(List.of(() -> store().control().cancel(List.of(id), "called off").isEmpty(),
						() -> claimed.addAll(worker().claim(1))));

				assertThat(state(id)).isEqualTo(JobState.CANCELLED);
				assertThat(claimed).allMatch((job) -> worker().succeed(job) == LeaseAnswer.LOST);
			}
		}
	}

	@Test
	void eitherTheSettlementOrTheCancelWins() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				ClaimedJob claimed = running(aJob());
				JobId id = claimed.job().id();

				List<Boolean> won = race.run(List.of(() -> worker().succeed(claimed) == LeaseAnswer.APPLIED,
						() -> !store().control().cancel(List.of(id), "called off").isEmpty()));

				assertThat(won).containsOnlyOnce(true);
				assertThat(state(id)).isEqualTo(won.get(0) ? JobState.SUCCEEDED : JobState.CANCELLED);
			}
		}
	}

	@Test
	void eitherTheSettlementOrTheDeletionOfTheRunningJobComesFirst() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				ClaimedJob claimed = running(aJob());
				JobId id = claimed.job().id();

				race.<Boolean>run(List.of(() -> worker().succeed(claimed) == LeaseAnswer.APPLIED,
						() -> store().control().delete(List.of(id)).contains(id)));

				assertThat(isKnown(id)).isFalse();
			}
		}
	}

	@Test
	void eitherTheSettlementOrTheRecoveryWins() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				ClaimedJob claimed = running(aJob());
				passLease();

				List<Boolean> won = race
					.run(List.of(() -> worker().succeed(claimed) == LeaseAnswer.APPLIED, () -> !recover().isEmpty()));

				assertThat(won).containsOnlyOnce(true);
				assertThat(state(claimed.job().id())).isEqualTo(won.get(0) ? JobState.SUCCEEDED : JobState.READY);
				worker().claim(1).forEach(worker()::succeed);
			}
		}
	}

	@Test
	void eitherTheRenewalOrTheRecoveryWins() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				ClaimedJob claimed = running(aJob());
				passLease();

				List<Boolean> won = race
					.run(List.of(() -> worker().renew(claimed) == LeaseAnswer.APPLIED, () -> !recover().isEmpty()));

				assertThat(won).containsOnlyOnce(true);
				store().control().delete(List.of(claimed.job().id()));
			}
		}
	}

	@Test
	void aDueJobIsPromotedOrCancelledAndNeverBoth() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				JobId id = insert(aJob().delayedBy(TICK));
				pass(TICK);

				race.<Boolean>run(List.of(() -> promote() == 1,
						() -> !store().control().cancel(List.of(id), "called off").isEmpty()));

				assertThat(state(id)).isEqualTo(JobState.CANCELLED);
				assertThat(worker().claim(1)).isEmpty();
			}
		}
	}

}
