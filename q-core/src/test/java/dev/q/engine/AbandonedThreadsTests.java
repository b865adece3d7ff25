package dev.q.engine;

import java.util.concurrent.atomic.AtomicInteger;

import dev.q.loop.EngineThreads;
import dev.q.loop.PlatformThreads;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AbandonedThreadsTests {

	private final AtomicInteger lost = new AtomicInteger();

	private final AbandonedThreads.OfWorker worker = new AbandonedThreads.OfWorker(this.lost, 1);

	private final HandDrivenPool onePool = new HandDrivenPool(Runnable::run);

	private final HandDrivenPool otherPool = new HandDrivenPool(Runnable::run);

	private final Slots oneSlots = new Slots(1);

	private final Slots otherSlots = new Slots(1);

	private final AbandonedThreads one = new AbandonedThreads(this.oneSlots, this.onePool, this.worker);

	private final AbandonedThreads other = new AbandonedThreads(this.otherSlots, this.otherPool, this.worker);

	@Test
	void aThreadThatComesBackMakesRoomForTheSlotThatAnotherGroupHasLost() {
		this.oneSlots.takeAll();
		this.otherSlots.takeAll();
		this.one.leave();
		this.other.leave();
		int withheld = this.otherSlots.size();

		this.one.comeBack();

		assertThat(withheld).isZero();
		assertThat(this.otherSlots.size()).isOne();
		assertThat(this.otherSlots.taken()).isZero();
		assertThat(this.otherPool.size).isEqualTo(2);
		assertThat(this.onePool.size).isOne();
	}

	@Test
	void afterAllThreadsHaveComeBackSlotsAndThreadsAreAsBefore() {
		this.oneSlots.takeAll();
		this.otherSlots.takeAll();
		this.one.leave();
		this.other.leave();

		this.one.comeBack();
		this.other.comeBack();

		assertThat(this.lost).hasValue(0);
		assertThat(this.oneSlots.size()).isOne();
		assertThat(this.otherSlots.size()).isOne();
		assertThat(this.onePool.size).isOne();
		assertThat(this.otherPool.size).isOne();
	}

	@Test
	void aThreadMayComeBackWhileItIsGivenUp() {
		this.oneSlots.takeAll();
		try (EngineThreads.Pool pool = new PlatformThreads().jobs("drill", 1)) {
			AbandonedThreads threads = new AbandonedThreads(this.oneSlots, pool, this.worker);

			threads.comeBack();
			threads.leave();
		}

		assertThat(this.lost).hasValue(0);
		assertThat(this.oneSlots.taken()).isZero();
	}

}
