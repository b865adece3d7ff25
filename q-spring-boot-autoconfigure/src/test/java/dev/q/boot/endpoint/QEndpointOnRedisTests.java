package dev.q.boot.endpoint;

import java.util.Map;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.job.JobId;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over HTTP, jobs on a server.
 */
@Timeout(120)
class QEndpointOnRedisTests {

	@Test
	void whatOneApplicationEnqueuesAnotherOneShowsAndSteers() {
		try (Served producer = on(RedisServers.shared()); Served other = on(RedisServers.shared())) {
			JobId id = producer.jobs()
				.with(JobOptions.NONE.queue("mail"))
				.enqueue(JobRequest.of("send", "a secret"))
				.id();

			assertThat(other.get("/q").body().path("store").asString()).isEqualTo("redis");
			assertThat(other.post("/q/queues/mail", Map.of("action", "pause")).status()).isEqualTo(200);
			JsonNode job = producer.get("/q/jobs/" + id).body();
			assertThat(job.at("/explanation/reasons/0/code").asString()).isEqualTo("QUEUE_PAUSED");
			JsonNode counted = other.post("/q/jobs", Map.of("action", "cancel", "queue", "mail")).body();
			assertThat(other.post("/q/jobs", Map.of("action", "cancel", "queue", "mail", "dryRun", "false", "confirm",
					counted.path("confirm").asString()))
				.body()
				.path("changed")
				.asInt()).isOne();
			assertThat(producer.get("/q/jobs?state=CANCELLED").body().path("jobs")).hasSize(1);
		}
	}

	private static Served on(RedisServer server) {
		return Served.unrestricted("q.store=redis", "q.redis.namespace=boot-endpoint",
				"spring.data.redis.host=" + server.host(), "spring.data.redis.port=" + server.port());
	}

}
