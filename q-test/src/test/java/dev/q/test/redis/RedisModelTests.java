package dev.q.test.redis;

import dev.q.test.fuzz.RandomSequences;
import org.junit.jupiter.api.Test;

/**
 * Redis does what the model does, whatever is asked.
 */
class RedisModelTests {

	@Test
	void oneServerDoesWhatTheModelDoes() {
		RandomSequences.run(200, 60, () -> new RedisStoreFixture(RedisTarget.shared()));
	}

	@Test
	void aClusterDoesWhatTheModelDoes() {
		RandomSequences.run(20, 60, () -> new RedisStoreFixture(RedisTarget.cluster()));
	}

}
