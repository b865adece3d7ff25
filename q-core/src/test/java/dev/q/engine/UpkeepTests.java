package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.WorkerId;
import dev.q.maintenance.Housekeeping;
import dev.q.ports.EngineClock;
import dev.q.store.ClusterStore;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpkeepTests {

	private final Line line = new Line();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aRegisterThatFailsKeepsNoJobFromBecomingReady() {
		JobId id = this.line.scene.enqueue("any", "x");
		this.line.scene.store.control().reschedule(List.of(id), Due.at(this.line.scene.clock.instant().plusSeconds(1)));
		this.line.scene.clock.advance(Duration.ofSeconds(1));
		Upkeep upkeep = upkeep(new BrokenRegister());

		upkeep.loop().step();

		assertThat(this.line.scene.find(id).state()).isEqualTo(JobState.READY);
		assertThat(upkeep.loop().failures()).isOne();
	}

	@Test
	void aSubscriptionThatFailsIsTriedAgain() {
		this.line.store.subscriptionsToFail = 1;
		Upkeep upkeep = upkeep(this.line.scene.store.cluster());
		Execution execution = this.line.claim();
		upkeep.loop().step();
		int failures = upkeep.loop().failures();
		upkeep.loop().step();

		this.line.scene.store.control().cancel(List.of(execution.job().id()), "drill");
		this.line.leases.loop().step();

		assertThat(failures).isOne();
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aWorkerThatDrainsStaysInTheRegisterLongerThanTheLeasesItMayLeaveBehind() {
		ClusterStore register = this.line.scene.store.cluster();
		Presence presence = new Presence(register, new WorkerId("test"), List.of(), this.line.scene.clock.instant());
		Upkeep upkeep = upkeep(presence);
		upkeep.loop().step();
		presence.announceDraining(Duration.ofMinutes(5));
		this.line.scene.clock.advance(Duration.ofSeconds(11));

		upkeep.loop().step();
		this.line.scene.clock.advance(Duration.ofMinutes(5));

		assertThat(register.workers()).extracting(WorkerInfo::state).containsExactly(WorkerInfo.State.DRAINING);
	}

	@Test
	void aSideTaskThatFailsDoesNotSlowDownHousekeeping() {
		this.line.store.subscriptionsToFail = 100;
		for (int i = 0; i < Housekeeping.PAGE; i++) {
			this.line.scene.store.control()
				.reschedule(List.of(this.line.scene.enqueue("any", "x")),
						Due.at(this.line.scene.clock.instant().plusSeconds(1)));
		}
		this.line.scene.clock.advance(Duration.ofSeconds(1));
		Upkeep upkeep = upkeep(this.line.scene.store.cluster());

		upkeep.loop().step();

		assertThat(upkeep.loop().timeLeft()).isZero();
	}

	private Upkeep upkeep(ClusterStore register) {
		return upkeep(new Presence(register, new WorkerId("test"), List.of(), this.line.scene.clock.instant()));
	}

	private Upkeep upkeep(Presence presence) {
		EngineClock clock = this.line.scene.clock;
		Housekeeping housekeeping = new Housekeeping(this.line.scene.store.maintenance(), Retention.DEFAULT,
				new JobEvents(List.of()));
		Signals signals = new Signals(this.line.store, new WorkerId("test"), List.of(), this.line.leases);
		return new Upkeep(housekeeping, presence, signals, Duration.ofSeconds(1), clock);
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
