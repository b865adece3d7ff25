package dev.q.sample.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.q.sample.web.HttpSample.Answer;
import dev.q.store.JobStore;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What profile {@code redis} adds.
 */
class RedisProfileTests {

	@Test
	void withoutAProfileNothingLooksForAServer(@TempDir Path root) throws Exception {
		try (HttpSample sample = HttpSample.start(root)) {
			assertThat(sample.get("/actuator/health").status()).isEqualTo(200);
			assertThat(sample.bean(JobStore.class).name()).isEqualTo("memory");
			assertThat(sample.has(RedisConnectionFactory.class)).isFalse();
			assertThat(sample.has(DataSource.class)).isFalse();
		}
	}

	@Test
	void withTheProfileOneProcessTakesScansInAndAnotherWorks(@TempDir Path root) throws Exception {
		Files.writeString(root.resolve("file"), "one line\n");
		List<String> shared = List.of("--spring.profiles.active=redis",
				"--spring.data.redis.host=" + RedisServers.shared().host(),
				"--spring.data.redis.port=" + RedisServers.shared().port(), "--q.redis.namespace=sample-profile");

		try (HttpSample producer = HttpSample.start(root, with(shared, "--q.worker.enabled=false"))) {
			Answer accepted = producer.scan(".");
			Answer waiting = producer.get(accepted.header("Location"));
			try (HttpSample worker = HttpSample.start(root, with(shared, "--q.worker.concurrency=2"))) {
				Answer done = producer.await(accepted);

				assertThat(waiting.text("state")).isEqualTo("RUNNING");
				assertThat(done.text("state")).isEqualTo("DONE");
				assertThat(worker.get("/actuator/health").status()).isEqualTo(200);
			}
		}
	}

	private static String[] with(List<String> shared, String own) {
		return Stream.concat(shared.stream(), Stream.of(own)).toArray(String[]::new);
	}

}
