package dev.q.inprocess;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds tasks up until a test lets them go on.
 */
final class Gate {

	private final CountDownLatch reached;

	private final CountDownLatch opened = new CountDownLatch(1);

	Gate() {
		this(1);
	}

	Gate(int tasks) {
		this.reached = new CountDownLatch(tasks);
	}

	/** A task that waits here. */
	void pass() {
		try {
			passOrStop();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("interrupted at the gate", ex);
		}
	}

	/** A task that waits here, and ends as it is told by an interrupt. */
	void passOrStop() throws InterruptedException {
		this.reached.countDown();
		this.opened.await();
	}

	/** A task that waits here and heeds no interrupt. */
	void passDeaf() {
		this.reached.countDown();
		while (this.opened.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

	/** Waits until as many tasks as expected have come here. */
	void awaitReached() throws InterruptedException {
		assertThat(this.reached.await(10, TimeUnit.SECONDS)).as("tasks at the gate within 10 s").isTrue();
	}

	void open() {
		this.opened.countDown();
	}

}
