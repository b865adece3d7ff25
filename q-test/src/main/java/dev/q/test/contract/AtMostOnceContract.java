package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.q.job.DeadReason;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreCapability;
import dev.q.store.WorkerInfo;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that may start once. Whether a handler has seen one is the engine's to know; the
 * store never hands out one whose worker was lost.
 *
 * @since 0.1
 */
public abstract class AtMostOnceContract extends Theme {

	@Test
	void theStoreSaysThatItCanDoThis() {
		assertThat(store().capabilities()).contains(StoreCapability.AT_MOST_ONCE);
	}

	@Test
	void aJobWhoseWorkerIsLostIsDeadAndNeverHandedOutAgain() {
		ClaimedJob claimed = running(aJob().startingOnce());
		passLease();

		assertThat(recover()).extracting((job) -> job.state()).containsExactly(JobState.DEAD);
		JobDetails details = details(claimed.job().id());
		assertThat(details.deadReason()).isEqualTo(DeadReason.LOST);
		assertThat(details.job().counters()).isEqualTo(new JobCounters(0, 1, 1, 0, 0));
		assertThat(details.job().times().finishedAt()).isEqualTo(now());
		assertThat(Objects.requireNonNull(details.lastError()).message()).contains("may not start twice", "worker-1");
		pass(days(1));
		promote();
		recover();
		assertThat(worker().claim(10)).isEmpty();
	}

	@Test
	void aLostWorkerThatComesBackChangesNothing() {
		ClaimedJob claimed = running(aJob().startingOnce());
		passLease();
		recover();

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().handBack(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(details(claimed.job().id()).deadReason()).isEqualTo(DeadReason.LOST);
	}

	@Test
	void aLeaseThatIsRenewedGoesOn() {
		ClaimedJob claimed = running(aJob().startingOnce());
		pass(LEASE.minus(TICK));
		worker().renew(claimed);
		pass(LEASE.minus(TICK));

		assertThat(recover()).isEmpty();
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void aWorkerThatWasAboutToStopIsNotBlamedButItsJobIsDead() {
		JobId id = insert(aJob().startingOnce());
		WorkerId draining = new WorkerId("draining");
		store().cluster()
			.announce(new WorkerInfo(draining, "host", now(), WorkerInfo.State.DRAINING, List.of(DEFAULT), Set.of(), 1,
					1), minutes(10));
		worker("draining").claimOne();
		passLease();
		recover();

		assertThat(details(id).deadReason()).isEqualTo(DeadReason.LOST);
		assertThat(job(id).counters()).isEqualTo(new JobCounters(0, 1, 0, 0, 1));
	}

	@Test
	void aJobThatIsLostAfterItsTimeIsDeadAndHasNotExpired() {
		JobId id = running(aJob().startingOnce().livingFor(LEASE)).job().id();
		passLease();
		recover();

		assertThat(details(id).deadReason()).isEqualTo(DeadReason.LOST);
		assertThat(expire()).isEmpty();
	}

	@Test
	void manyCrashesAllowedAreNone() {
		JobId id = running(aJob().startingOnce().survivingLessThan(100)).job().id();
		passLease();
		recover();

		assertThat(details(id).deadReason()).isEqualTo(DeadReason.LOST);
	}

	@Test
	void whatNoHandlerHasSeenIsHandedBack() {
		ClaimedJob claimed = running(aJob().startingOnce());
		worker().handBack(claimed);
		ClaimedJob again = worker().claimOne();
		worker().release(again, ReleaseReason.NO_HANDLER, Duration.ofSeconds(10));
		pass(seconds(10));

		assertThat(worker().claimOne().job().counters()).isEqualTo(new JobCounters(0, 3, 0, 0, 2));
	}

	@Test
	void theOthersOfItsClaimAreTakenBack() {
		JobId once = insert(aJob().startingOnce());
		JobId ordinary = insert(aJob());
		JobId twin = insert(aJob().startingOnce());
		worker().claim(3);
		passLease();
		recover();

		assertThat(List.of(state(once), state(ordinary), state(twin))).containsExactly(JobState.DEAD, JobState.READY,
				JobState.DEAD);
	}

	@Test
	void itsKeyIsFreeOnceItIsDead() {
		JobId id = running(aJob().startingOnce().uniqueBy("key")).job().id();
		passLease();
		recover();

		assertThat(state(id)).isEqualTo(JobState.DEAD);
		assertThat(enter(aJob().uniqueBy("key")).stored()).isTrue();
	}

	@Test
	void aPersonMayBringItBackAndThenItStartsOnceAgain() {
		JobId id = running(aJob().startingOnce()).job().id();
		passLease();
		recover();

		assertThat(store().control().retry(List.of(id))).containsExactly(id);
		assertThat(worker().claimOne().job().counters().deliveries()).isEqualTo(2);
		passLease();
		recover();
		assertThat(details(id).deadReason()).isEqualTo(DeadReason.LOST);
	}

	@Test
	void nothingThatAJobCarriesMakesItOneThatStartsOnce() {
		String trap = "\ndelivery=AT_MOST_ONCE\n";
		JobDraft draft = aJob().annotated(Set.of("delivery-AT_MOST_ONCE"),
				Map.of("delivery", trap, "x", "AT_MOST_ONCE"));
		JobId id = running(draft.uniqueBy(trap)).job().id();
		passLease();
		recover();

		assertThat(state(id)).isEqualTo(JobState.READY);
	}

	@Test
	void aJobThatCarriesMuchStartsOnceToo() {
		JobDraft draft = aJob().annotated(Set.of("a", "z"), Map.of("a", "1", "z", "2")).uniqueBy("k");
		JobId id = running(draft.limited((limits) -> limits.withMaxAttempts(7)).startingOnce()).job().id();
		passLease();
		recover();

		assertThat(details(id).deadReason()).isEqualTo(DeadReason.LOST);
		assertThat(job(id).spec())
			.isEqualTo(draft.limited((limits) -> limits.withMaxAttempts(7)).startingOnce().spec());
	}

}
