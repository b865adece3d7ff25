package dev.q.test.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.q.test.layout.Account;
import dev.q.test.layout.Population;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What layout 1 holds is read, and worked off, by this version as if it had stored it
 * itself. {@code -Dq.write-dumps=true} writes the dump anew.
 */
class RedisLayoutTests {

	private static final Path DUMP = Path.of("src/test/resources/dev/q/test/layout/redis-1.txt");

	private final RedisTarget target = RedisTarget.shared();

	@Test
	void whatLayoutOneHoldsIsReadAndWorkedOff() throws IOException {
		writeIfAskedTo();
		Duration moved;
		List<String> expected;
		try (RedisStoreFixture fresh = new RedisStoreFixture(this.target)) {
			moved = Population.settleIn(fresh);
			expected = Account.of(fresh);
		}
		try (RedisStoreFixture stored = new RedisStoreFixture(this.target)) {
			new RedisDump(this.target, stored.namespace()).load(Files.readAllLines(DUMP));
			stored.advance(moved);

			assertThat(expected).hasSizeGreaterThan(200);
			assertThat(Account.of(stored)).isEqualTo(expected);
		}
	}

	/** Only before a release: what was released never changes. */
	private void writeIfAskedTo() throws IOException {
		if (Boolean.getBoolean("q.write-dumps")) {
			try (RedisStoreFixture fixture = new RedisStoreFixture(this.target)) {
				Population.settleIn(fixture);
				new RedisDump(this.target, fixture.namespace()).write(DUMP);
			}
		}
	}

}
