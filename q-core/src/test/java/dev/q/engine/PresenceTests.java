package dev.q.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTests {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

	private final WorkerId worker = new WorkerId("worker");

	@Test
	void whoIsOvertakenByTheEndOfTheWorkerSaysSoAgain() {
		try (MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, InstantSource.fixed(START),
				InstantSource.fixed(START))) {
			OvertakenRegister register = new OvertakenRegister(store.cluster());
			Presence presence = new Presence(register, this.worker, List.of(), START);
			register.onTheWay.set(() -> presence.announceDraining(Duration.ofMinutes(1)));

			presence.announce();

			assertThat(store.cluster().workers()).extracting(WorkerInfo::state)
				.containsExactly(WorkerInfo.State.DRAINING);
		}
	}

	@Test
	void whoIsOvertakenByTheWithdrawalOfTheWorkerLeavesNothingBehind() {
		try (MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, InstantSource.fixed(START),
				InstantSource.fixed(START))) {
			OvertakenRegister register = new OvertakenRegister(store.cluster());
			Presence presence = new Presence(register, this.worker, List.of(), START);
			register.onTheWay.set(presence::withdraw);

			presence.announce();

			assertThat(store.cluster().workers()).isEmpty();
		}
	}

	/**
	 * Lets something else happen between what is said and its arrival.
	 */
	private static final class OvertakenRegister implements ClusterStore {

		private final ClusterStore register;

		private final AtomicReference<Runnable> onTheWay = new AtomicReference<>();

		OvertakenRegister(ClusterStore register) {
			this.register = register;
		}

		@Override
		public void announce(WorkerInfo info, Duration timeToLive) {
			Runnable other = this.onTheWay.getAndSet(null);
			if (other != null) {
				other.run();
			}
			this.register.announce(info, timeToLive);
		}

		@Override
		public void withdraw(WorkerId worker) {
			this.register.withdraw(worker);
		}

		@Override
		public List<WorkerInfo> workers() {
			return this.register.workers();
		}

	}

}
