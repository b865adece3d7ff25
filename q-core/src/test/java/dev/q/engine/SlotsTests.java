package dev.q.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class SlotsTests {

	private final AtomicInteger calls = new AtomicInteger();

	private final Slots slots = new Slots(3);

	@Test
	void allFreeSlotsAreTakenAtOnce() {
		int first = this.slots.takeAll(this.calls::incrementAndGet);
		int second = this.slots.takeAll(this.calls::incrementAndGet);

		assertThat(first).isEqualTo(3);
		assertThat(second).isZero();
		assertThat(this.slots.taken()).isEqualTo(3);
	}

	@Test
	void whoeverFoundNoneIsCalledOnceWhenOneIsFree() {
		this.slots.takeAll(this.calls::incrementAndGet);
		this.slots.takeAll(this.calls::incrementAndGet);

		this.slots.give(1);
		this.slots.give(1);

		assertThat(this.calls).hasValue(1);
	}

	@Test
	void whoeverGotSomeIsNotCalled() {
		this.slots.takeAll(this.calls::incrementAndGet);

		this.slots.give(2);

		assertThat(this.calls).hasValue(0);
	}

	@Test
	void aCallForAFreeSlotComesAtOnceIfThereIsOne() {
		this.slots.callWhenFree(this.calls::incrementAndGet);

		assertThat(this.calls).hasValue(1);
	}

	@Test
	void aCallForAFreeSlotComesWithTheNextOneIfThereIsNone() {
		this.slots.takeAll();
		this.slots.callWhenFree(this.calls::incrementAndGet);
		int before = this.calls.get();

		this.slots.give(1);

		assertThat(before).isZero();
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void aCallIsNotForgottenWhenSomebodyTakesSlotsMeanwhile() {
		this.slots.takeAll();
		this.slots.callWhenFree(this.calls::incrementAndGet);

		int taken = this.slots.takeAll();
		this.slots.give(1);

		assertThat(taken).isZero();
		assertThat(this.calls).hasValue(1);
	}

	@Test
	@Timeout(60)
	void aDrainEndsAsSoonAsAllSlotsAreFree() throws InterruptedException {
		this.slots.takeAll(this.calls::incrementAndGet);
		Thread worker = new Thread(() -> this.slots.give(3));

		worker.start();
		boolean drained = this.slots.drain(Duration.ofDays(1));

		assertThat(drained).isTrue();
		worker.join();
	}

	@Test
	void aDrainGivesUpWhenItsTimeIsUp() throws InterruptedException {
		this.slots.takeAll(this.calls::incrementAndGet);
		this.slots.give(2);

		boolean drained = this.slots.drain(Duration.ofMillis(1));

		assertThat(drained).isFalse();
	}

}
