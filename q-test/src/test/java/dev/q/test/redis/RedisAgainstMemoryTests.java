package dev.q.test.redis;

import dev.q.test.fuzz.RandomSequences;
import org.junit.jupiter.api.Test;

/**
 * Redis does what memory does, whatever is asked.
 */
class RedisAgainstMemoryTests {

	@Test
	void oneServerDoesWhatMemoryDoes() {
		RandomSequences.run(RandomSequences.USUAL, () -> new RedisStoreFixture(RedisTarget.shared()));
	}

	@Test
	void aClusterDoesWhatMemoryDoes() {
		RandomSequences.run(Math.max(1, RandomSequences.USUAL / 10),
				() -> new RedisStoreFixture(RedisTarget.cluster()));
	}

}
