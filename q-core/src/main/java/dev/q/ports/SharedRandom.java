package dev.q.ports;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance for many threads at once: each has a generator of its own, seeded by the
 * machine's entropy, so that nobody waits and no two processes draw alike. Not for
 * secrets.
 *
 * @since 0.1
 */
public final class SharedRandom implements RandomGenerator {

	private static final SecureRandom entropy = new SecureRandom();

	private final ThreadLocal<SplittableRandom> generators = ThreadLocal
		.withInitial(() -> new SplittableRandom(entropy.nextLong()));

	@Override
	public long nextLong() {
		return this.generators.get().nextLong();
	}

}
