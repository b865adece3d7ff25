package dev.q.test.fuzz;

import java.util.function.Function;

/**
 * Looks for the few steps of a sequence that are enough to make it fail, for whatever
 * reason: leaves out half of them, then quarters, and at last single ones.
 *
 * @param run tries a sequence
 */
record Shrinking(Function<Sequence, Trial.Ending> run) {

	Shortest shrink(Sequence sequence, Trial.Ending ending) {
		Shortest shortest = new Shortest(sequence.cutAfter(ending.taken()), ending);
		int before;
		do {
			before = shortest.length();
			for (int piece = before / 2; piece > 0; piece /= 2) {
				shortest = withoutPieces(shortest, piece);
			}
		}
		while (shortest.length() < before);
		return shortest;
	}

	private Shortest withoutPieces(Shortest given, int piece) {
		Shortest shortest = given;
		for (int from = given.length() - piece; from >= 0; from -= piece) {
			if (from < shortest.length()) {
				Sequence shorter = shortest.sequence().without(from, piece);
				Trial.Ending ending = this.run.apply(shorter);
				shortest = ending.isFailed() ? new Shortest(shorter.cutAfter(ending.taken()), ending) : shortest;
			}
		}
		return shortest;
	}

	/**
	 * The shortest sequence so far.
	 *
	 * @param sequence the steps
	 * @param ending how it fails
	 */
	record Shortest(Sequence sequence, Trial.Ending ending) {

		int length() {
			return this.sequence.steps().size();
		}

	}

}
