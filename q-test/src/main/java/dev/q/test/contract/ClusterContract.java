package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import dev.q.store.WorkerInfo.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The register of workers, and who is blamed for leases that run out.
 *
 * @since 0.1
 */
public abstract class ClusterContract extends Theme {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void whoAnnouncesItselfIsThere() {
		WorkerInfo here = info("here", State.RUNNING);
		cluster().announce(here, minutes(1));

		assertThat(cluster().workers()).containsExactly(here);
		assertThat(secondNode().cluster().workers()).containsExactly(here);
	}

	@Test
	void aWorkerSaysWhichOfItsQueuesAreExclusive() {
		WorkerInfo here = new WorkerInfo(new WorkerId("here"), "host-1", START, State.RUNNING, List.of(MAIL, REPORTS),
				Set.of(REPORTS), 8, 3);
		cluster().announce(here, minutes(1));
		assertThat(secondNode().cluster().workers()).containsExactly(here);
		cluster().announce(info("here", State.RUNNING), minutes(1));

		assertThat(secondNode().cluster().workers()).containsExactly(info("here", State.RUNNING));
	}

	@Test
	void anEntryHoldsForItsTimeAndNoLonger() {
		cluster().announce(info("here", State.RUNNING), minutes(1));

		pass(minutes(1).minus(TICK));
		assertThat(cluster().workers()).hasSize(1);
		pass(TICK);
		assertThat(cluster().workers()).isEmpty();
	}

	@Test
	void anEntryCanBeRenewed() {
		for (int i = 0; i < 10; i++) {
			cluster().announce(info("here", State.RUNNING), minutes(1));
			pass(seconds(50));
		}

		assertThat(cluster().workers()).hasSize(1);
	}

	@Test
	void theLastAnnouncementCounts() {
		cluster().announce(info("here", State.RUNNING), minutes(1));
		cluster().announce(info("here", State.DRAINING), minutes(1));

		assertThat(cluster().workers()).containsExactly(info("here", State.DRAINING));
	}

	@Test
	void aWorkerCanLeave() {
		cluster().announce(info("here", State.RUNNING), minutes(1));
		cluster().announce(info("there", State.RUNNING), minutes(1));
		cluster().withdraw(new WorkerId("here"));
		cluster().withdraw(new WorkerId("here"));
		cluster().withdraw(new WorkerId("unknown"));

		assertThat(cluster().workers()).containsExactly(info("there", State.RUNNING));
	}

	@Test
	void aDrainingWorkerIsNotBlamedForItsLeases() {
		JobId id = insert(aJob().survivingLessThan(1));
		cluster().announce(info("draining", State.DRAINING), minutes(10));
		worker("draining").claimOne();
		passLease();
		recover();

		assertThat(job(id).counters().crashes()).isZero();
		assertThat(job(id).counters().releases()).isOne();
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aJobOfADrainingWorkerGoesToTheFront() {
		List<JobId> ids = insertMany(2);
		cluster().announce(info("draining", State.DRAINING), minutes(10));
		worker("draining").claimOne();
		passLease();
		recover();

		assertThat(worker().claimIds(2)).isEqualTo(ids);
	}

	@Test
	void whoeverIsNotDrainingIsBlamed() {
		JobId id = insert(aJob().survivingLessThan(4));
		cluster().announce(info("running", State.RUNNING), minutes(10));
		crash("running");
		assertThat(job(id).counters().crashes()).isOne();
		crash("stranger");
		assertThat(job(id).counters().crashes()).isEqualTo(2);
		cluster().announce(info("gone", State.DRAINING), minutes(10));
		cluster().withdraw(new WorkerId("gone"));
		crash("gone");
		assertThat(job(id).counters().crashes()).isEqualTo(3);
		cluster().announce(info("forgotten", State.DRAINING), LEASE);
		crash("forgotten");
		assertThat(details(id).deadReason()).isEqualTo(DeadReason.CRASHED);
	}

	@Test
	void oneWorkerThatDrainsDoesNotExcuseAnother() {
		JobId id = insert(aJob());
		cluster().announce(info("draining", State.DRAINING), minutes(10));
		crash("another");

		assertThat(job(id).counters().crashes()).isOne();
	}

	@Test
	void aJobThatCrashedTooOftenIsDead() {
		JobId id = insert(aJob().survivingLessThan(3));
		for (int crash = 1; crash <= 2; crash++) {
			worker().claimOne();
			passLease();
			recover();
			assertThat(state(id)).isEqualTo(JobState.READY);
		}
		worker("last").claimOne();
		passLease();

		List<Job> recovered = recover();

		assertThat(recovered).extracting(Job::state).containsExactly(JobState.DEAD);
		assertThat(details(id).deadReason()).isEqualTo(DeadReason.CRASHED);
		assertThat(details(id).lastError()).extracting(JobError::message).asString().contains("3").contains("last");
		assertThat(job(id).counters().crashes()).isEqualTo(3);
		assertThat(job(id).times().finishedAt()).isEqualTo(now());
		assertThat(recover()).isEmpty();
		assertThat(worker().claim(1)).isEmpty();
	}

	@Test
	void aJobThatMayNotCrashAtAllIsDeadAfterTheFirstTime() {
		JobId id = running(aJob().survivingLessThan(1)).job().id();
		passLease();
		recover();

		assertThat(state(id)).isEqualTo(JobState.DEAD);
	}

	@Test
	void handingBackAndFailingDoNotMakeCrashesForgotten() {
		JobId id = insert(aJob().survivingLessThan(2));
		worker().claimOne();
		passLease();
		recover();
		worker().handBack(worker().claimOne());
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().claimOne();
		passLease();
		recover();

		assertThat(details(id).deadReason()).isEqualTo(DeadReason.CRASHED);
	}

	private void crash(String worker) {
		worker(worker).claimOne();
		passLease();
		recover();
	}

	private ClusterStore cluster() {
		return store().cluster();
	}

	private WorkerInfo info(String name, State state) {
		return new WorkerInfo(new WorkerId(name), "host-1", START, state, List.of(MAIL, REPORTS), Set.of(), 8, 3);
	}

}
