package dev.q.attempt.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HandlerTurnsTests {

	private static final TypeName MAIL = new TypeName("mail");

	private final HandlerTurns turns = new HandlerTurns();

	private final AtomicBoolean over = new AtomicBoolean();

	private final LinkedBlockingQueue<String> entered = new LinkedBlockingQueue<>();

	private final List<Thread> threads = new ArrayList<>();

	@AfterEach
	void end() throws InterruptedException {
		this.over.set(true);
		this.turns.lookAgain();
		for (Thread thread : this.threads) {
			// After a test that failed it may be held for ever.
			thread.interrupt();
			thread.join();
		}
	}

	@Test
	void whoComesFirstGoesFirst() throws InterruptedException {
		Turn first = take();
		CountDownLatch never = new CountDownLatch(0);
		for (String name : List.of("a", "b", "c")) {
			await(name, never);
		}

		assertThat(this.entered).isEmpty();
		first.end();

		assertThat(List.of(next(), next(), next())).containsExactly("a", "b", "c");
	}

	@Test
	void aTurnEndsOnceHoweverOftenItIsSaid() throws InterruptedException {
		Turn first = take();
		CountDownLatch held = new CountDownLatch(1);
		await("a", held);

		first.end();
		first.end();

		assertThat(next()).isEqualTo("a");
		this.over.set(true);
		assertThat(takeOrNot()).as("a turn beside that of a").isNull();
		this.over.set(false);
		await("b", held);
		held.countDown();
		assertThat(next()).isEqualTo("b");
	}

	@Test
	void whoIsInterruptedLeavesTheLineAndNobodyLosesATurn() throws InterruptedException {
		Turn first = take();
		CountDownLatch never = new CountDownLatch(0);
		Thread leaving = await("a", never);
		await("b", never);

		leaving.interrupt();
		leaving.join();
		first.end();

		assertThat(next()).isEqualTo("b");
		this.threads.get(1).join();
		assertThat(take()).isNotNull();
	}

	@Test
	void aWaitThatIsOverEndsWithoutATurn() throws InterruptedException {
		Turn first = take();
		Thread waiting = await("a", new CountDownLatch(0));

		this.over.set(true);
		this.turns.lookAgain();
		waiting.join();
		first.end();

		assertThat(this.entered).isEmpty();
		this.over.set(false);
		assertThat(take()).isNotNull();
	}

	@Test
	void handlersDoNotWaitForEachOther() {
		take();

		assertThat(this.turns.take(new TypeName("other"), 1, this.over::get)).isNotNull();
	}

	private @Nullable Turn takeOrNot() {
		return this.turns.take(MAIL, 1, this.over::get);
	}

	private Turn take() {
		Turn turn = takeOrNot();
		assertThat(turn).isNotNull();
		return (turn != null) ? turn : Turn.FREE;
	}

	/** Waits in line until its turn, and then until the latch is down. */
	private Thread await(String name, CountDownLatch held) {
		Thread thread = new Thread(() -> {
			try {
				Turn turn = takeOrNot();
				if (turn != null) {
					this.entered.add(name);
					held.await();
					turn.end();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.threads.add(thread);
		thread.start();
		while (thread.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		return thread;
	}

	private String next() throws InterruptedException {
		return String.valueOf(this.entered.poll(30, TimeUnit.SECONDS));
	}

}
