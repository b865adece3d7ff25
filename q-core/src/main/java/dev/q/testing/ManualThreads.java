package dev.q.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;

/**
 * No threads: loops are stepped by hand, and handlers run on the thread that does it.
 */
final class ManualThreads implements EngineThreads {

	private static final int MOST_STEPS = 1_000_000;

	private final List<Loop> loops = new CopyOnWriteArrayList<>();

	@Override
	public void start(Loop loop) {
		this.loops.add(loop);
	}

	@Override
	public Pool jobs(String group, int slots) {
		return new Pool() {

			@Override
			public void execute(Runnable task) {
				task.run();
			}

			@Override
			public void resize(int size) {
				// There are as many as there are calls.
			}

			@Override
			public void close() {
				ManualThreads.this.loops.clear();
			}

		};
	}

	/**
	 * Steps loops until none is due.
	 */
	void runDue() {
		int steps = 0;
		boolean busy = true;
		while (busy) {
			busy = false;
			for (Loop loop : this.loops) {
				if (loop.isDue()) {
					busy = true;
					loop.step();
					if (++steps > MOST_STEPS) {
						throw new IllegalStateException("The engine does not come to rest: %s was due after %d steps"
							.formatted(loop.name(), steps));
					}
				}
			}
		}
	}

	/**
	 * How long all loops rest if nobody wakes one.
	 */
	Duration timeLeft() {
		return this.loops.stream().map(Loop::timeLeft).min(Duration::compareTo).orElse(Loop.UNTIL_WOKEN);
	}

}
