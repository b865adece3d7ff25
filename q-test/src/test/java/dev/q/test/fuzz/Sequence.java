package dev.q.test.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Steps that are drawn at random. Each draws from a seed of its own, and names jobs and
 * leases by their places among those that there are, so that any part of a sequence is a
 * sequence too.
 *
 * @param seed where all comes from
 * @param steps the numbers of the steps that are taken, rising
 */
record Sequence(long seed, List<Integer> steps) {

	Sequence {
		steps = List.copyOf(steps);
	}

	static Sequence of(long seed, int length) {
		return new Sequence(seed, IntStream.range(0, length).boxed().toList());
	}

	/** What each step draws from, by its number. */
	long[] seeds() {
		int length = this.steps.isEmpty() ? 0 : 1 + this.steps.get(this.steps.size() - 1);
		return new SplittableRandom(this.seed).longs(length).toArray();
	}

	Sequence cutAfter(int length) {
		return new Sequence(this.seed, this.steps.subList(0, length));
	}

	/** Without some of its steps. */
	Sequence without(int from, int count) {
		List<Integer> rest = new ArrayList<>(this.steps.subList(0, from));
		rest.addAll(this.steps.subList(Math.min(from + count, this.steps.size()), this.steps.size()));
		return new Sequence(this.seed, rest);
	}

	/** Which options of the build repeat it. */
	String options() {
		return "-Dq.fuzz.seed=%d -Dq.fuzz.only=%s".formatted(this.seed,
				this.steps.stream().map(String::valueOf).collect(Collectors.joining(",")));
	}

}
