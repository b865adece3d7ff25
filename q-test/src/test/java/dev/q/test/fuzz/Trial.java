package dev.q.test.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.q.test.contract.StoreFixture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of sequences on empty stores.
 *
 * @param <T> how a store is reached
 * @param stores opens a store
 * @param check what must hold now and then, whatever was done
 */
record Trial<T extends StoreFixture>(Supplier<T> stores, Consumer<T> check) {

	private static final int LOOK_EVERY = 10;

	Ending run(Sequence sequence) {
		T fixture = this.stores.get();
		try (BothStores both = new BothStores(fixture)) {
			return run(sequence, both, () -> this.check.accept(fixture));
		}
	}

	private static Ending run(Sequence sequence, BothStores both, Runnable check) {
		Random random = new Random(sequence.seed());
		Steps steps = Steps.of(both, new RandomJobs(random), random);
		long[] seeds = sequence.seeds();
		int taken = 0;
		try {
			for (int step : sequence.steps()) {
				taken++;
				random.setSeed(seeds[step]);
				steps.take();
				if (step % LOOK_EVERY == LOOK_EVERY - 1 || taken == sequence.steps().size()) {
					steps.looks().all();
					check.run();
				}
			}
			return new Ending(taken, List.of(), null);
		}
		catch (RuntimeException | AssertionError ex) {
			return new Ending(taken, both.history(), ex);
		}
	}

	/**
	 * How it ended.
	 *
	 * @param taken how many steps were taken
	 * @param history what was done, if it failed
	 * @param failure why, if it failed
	 */
	record Ending(int taken, List<String> history, @Nullable Throwable failure) {

		boolean isFailed() {
			return this.failure != null;
		}

	}

}
