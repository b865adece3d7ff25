package dev.q.test.memory;

import dev.q.test.fuzz.RandomSequences;
import org.junit.jupiter.api.Test;

/**
 * Memory does what the model does, whatever is asked.
 */
class MemoryModelTests {

	@Test
	void memoryDoesWhatTheModelDoes() {
		RandomSequences.run(2000, 200, MemoryStoreFixture::new);
	}

}
