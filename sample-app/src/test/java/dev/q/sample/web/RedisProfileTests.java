package dev.q.sample.web;

import java.nio.file.Path;

import dev.q.store.JobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What profile {@code redis} adds.
 */
class RedisProfileTests {

	@Test
	void withoutTheProfileNothingLooksForRedis(@TempDir Path root) throws Exception {
		try (HttpSample sample = HttpSample.start(root)) {
			assertThat(sample.get("/actuator/health").status()).isEqualTo(200);
			assertThat(sample.bean(JobStore.class).name()).isEqualTo("memory");
			assertThat(sample.has(RedisConnectionFactory.class)).isFalse();
		}
	}

}
