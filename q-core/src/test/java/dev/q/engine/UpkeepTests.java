package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.attempt.Execution;
import dev.q.attempt.JobsInHand;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.WorkerId;
import dev.q.loop.Loop;
import dev.q.maintenance.Housekeeping;
import dev.q.ports.EngineClock;
import dev.q.scene.EngineScene;
import dev.q.scene.StorePlan;
import dev.q.store.ClusterStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpkeepTests {

	private final EngineScene scene = new EngineScene();

	private final StorePlan store = new StorePlan(this.scene.store.work());

	private final JobsInHand jobs = this.scene.jobsIn(this.store);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aRegisterThatFailsKeepsNoJobFromBecomingReady() {
		JobId id = this.scene.enqueue("any", "x");
		this.scene.store.control().reschedule(List.of(id), Due.at(this.scene.clock.instant().plusSeconds(1)));
		this.scene.clock.advance(Duration.ofSeconds(1));
		Upkeep upkeep = upkeep(new BrokenRegister());

		upkeep.loop().step();

		assertThat(this.scene.find(id).state()).isEqualTo(JobState.READY);
		assertThat(upkeep.loop().failures()).isOne();
	}

	@Test
	void aSubscriptionThatFailsIsTriedAgain() {
		this.store.subscriptionsToFail = 1;
		Upkeep upkeep = upkeep(this.scene.store.cluster());
		Execution execution = this.jobs.take(this.scene.claim(this.scene.job("any", "x")), this.scene.clock.nanoTime(),
				() -> 1);
		upkeep.loop().step();
		int failures = upkeep.loop().failures();
		upkeep.loop().step();

		this.scene.store.control().cancel(List.of(execution.job().id()), "drill");
		this.jobs.loops().forEach(Loop::step);

		assertThat(failures).isOne();
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aWorkerAsksAfterItsJobsOnceItListens() {
		Execution execution = this.jobs.take(this.scene.claim(this.scene.job("any", "x")), this.scene.clock.nanoTime(),
				() -> 1);
		this.scene.store.control().cancel(List.of(execution.job().id()), "drill");

		upkeep(this.scene.store.cluster()).loop().step();
		this.jobs.loops().forEach(Loop::step);

		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aWorkerAsksAfterItsJobsWhenItHearsAgain() {
		this.store.isDeaf = true;
		upkeep(this.scene.store.cluster()).loop().step();
		Execution execution = this.jobs.take(this.scene.claim(this.scene.job("any", "x")), this.scene.clock.nanoTime(),
				() -> 1);
		this.scene.store.control().cancel(List.of(execution.job().id()), "drill");
		this.jobs.loops().forEach(Loop::step);
		boolean knew = execution.leaseLost();

		this.store.listener.lookAnew();
		this.jobs.loops().forEach(Loop::step);

		assertThat(knew).isFalse();
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aWorkerThatDrainsStaysInTheRegisterLongerThanTheLeasesItMayLeaveBehind() {
		ClusterStore register = this.scene.store.cluster();
		Presence presence = new Presence(register, new WorkerId("test"), List.of(), this.scene.clock.instant());
		Upkeep upkeep = upkeep(presence);
		upkeep.loop().step();
		presence.announceDraining(Duration.ofMinutes(5));
		this.scene.clock.advance(Duration.ofSeconds(11));

		upkeep.loop().step();
		this.scene.clock.advance(Duration.ofMinutes(5));

		assertThat(register.workers()).extracting(WorkerInfo::state).containsExactly(WorkerInfo.State.DRAINING);
	}

	@Test
	void aSideTaskThatFailsDoesNotSlowDownHousekeeping() {
		this.store.subscriptionsToFail = 100;
		for (int i = 0; i < Housekeeping.PAGE; i++) {
			this.scene.store.control()
				.reschedule(List.of(this.scene.enqueue("any", "x")), Due.at(this.scene.clock.instant().plusSeconds(1)));
		}
		this.scene.clock.advance(Duration.ofSeconds(1));
		Upkeep upkeep = upkeep(this.scene.store.cluster());

		upkeep.loop().step();

		assertThat(upkeep.loop().timeLeft()).isZero();
	}

	@Test
	void aTaskThatFailsDoesNotSlowDownTheOthersAndShowsAsLag() {
		MaintenanceStore busy = new HalfBroken();
		Upkeep upkeep = upkeep(busy);
		this.scene.clock.advance(Duration.ofSeconds(5));

		upkeep.loop().step();

		assertThat(upkeep.loop().timeLeft()).isZero();
		assertThat(upkeep.lag()).isEqualTo(Duration.ofSeconds(5));
	}

	private Upkeep upkeep(ClusterStore register) {
		return upkeep(new Presence(register, new WorkerId("test"), List.of(), this.scene.clock.instant()));
	}

	private Upkeep upkeep(Presence presence) {
		return upkeep(presence, this.scene.store.maintenance());
	}

	private Upkeep upkeep(MaintenanceStore maintenance) {
		return upkeep(
				new Presence(this.scene.store.cluster(), new WorkerId("test"), List.of(), this.scene.clock.instant()),
				maintenance);
	}

	private Upkeep upkeep(Presence presence, MaintenanceStore maintenance) {
		EngineClock clock = this.scene.clock;
		Housekeeping housekeeping = new Housekeeping(maintenance, Retention.DEFAULT, new JobEvents(List.of()));
		Signals signals = new Signals(this.store, new WorkerId("test"), List.of(), this.jobs);
		return new Upkeep(housekeeping, presence, signals, Duration.ofSeconds(1), clock);
	}

	/** It has ever more to promote, and can do nothing else. */
	private static final class HalfBroken implements MaintenanceStore {

		@Override
		public int promoteDue(int limit) {
			return limit;
		}

		@Override
		public List<Job> recoverExpired(int limit) {
			throw new StoreException("drill");
		}

		@Override
		public List<Job> expire(int limit) {
			return List.of();
		}

		@Override
		public int purge(Retention retention, int limit) {
			return 0;
		}

	}

	private static final class BrokenRegister implements ClusterStore {

		@Override
		public void announce(WorkerInfo worker, Duration timeToLive) {
			throw new StoreException("drill");
		}

		@Override
		public void withdraw(WorkerId worker) {
			throw new StoreException("drill");
		}

		@Override
		public List<WorkerInfo> workers() {
			throw new StoreException("drill");
		}

	}

}
