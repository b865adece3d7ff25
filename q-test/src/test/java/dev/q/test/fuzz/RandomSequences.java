package dev.q.test.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.q.test.contract.StoreFixture;

/**
 * Stores against the model: whatever is done to both in the same order, both say and show
 * the same. What is done is drawn at random. A sequence that fails is cut down to the
 * steps that it needs, and says by which options of the build it is repeated. The options
 * {@code -Dq.fuzz.sequences=<number> -Dq.fuzz.steps=<number>}, which the profile
 * {@code deep} sets, try others than the usual numbers.
 */
public final class RandomSequences {

	private static final long FIRST_SEED = Long.getLong("q.fuzz.seed", 1);

	private static final String ONLY = System.getProperty("q.fuzz.only", "");

	private RandomSequences() {
	}

	/**
	 * Tries sequences one after the other, each on a store of its own.
	 * @param sequences how many, if nothing else is wanted
	 * @param steps how long each is, if nothing else is wanted
	 * @param stores opens a store
	 */
	public static void run(int sequences, int steps, Supplier<? extends StoreFixture> stores) {
		run(sequences, steps, stores, (store) -> {
		});
	}

	/**
	 * Tries sequences one after the other, each on a store of its own.
	 * @param <T> how the store is reached
	 * @param sequences how many, if nothing else is wanted
	 * @param steps how long each is, if nothing else is wanted
	 * @param stores opens a store
	 * @param check what must hold now and then, whatever was done
	 */
	public static <T extends StoreFixture> void run(int sequences, int steps, Supplier<T> stores, Consumer<T> check) {
		Trial<T> trial = new Trial<>(stores, check);
		wanted(Integer.getInteger("q.fuzz.sequences", sequences), Integer.getInteger("q.fuzz.steps", steps))
			.forEach((sequence) -> {
				Trial.Ending ending = trial.run(sequence);
				if (ending.isFailed()) {
					throw failure(new Shrinking(trial::run).shrink(sequence, ending));
				}
			});
	}

	private static List<Sequence> wanted(int sequences, int steps) {
		if (!ONLY.isEmpty()) {
			return List.of(new Sequence(FIRST_SEED, Arrays.stream(ONLY.split(",")).map(Integer::valueOf).toList()));
		}
		return LongStream.range(0, sequences).mapToObj((i) -> Sequence.of(FIRST_SEED + i, steps)).toList();
	}

	private static AssertionError failure(Shrinking.Shortest shortest) {
		List<String> history = shortest.ending().history();
		return new AssertionError(
				"The store and the model differ. %s repeats it:%n  %s%n%s".formatted(shortest.sequence().options(),
						String.join(System.lineSeparator() + "  ", history), shortest.ending().failure()),
				shortest.ending().failure());
	}

}
