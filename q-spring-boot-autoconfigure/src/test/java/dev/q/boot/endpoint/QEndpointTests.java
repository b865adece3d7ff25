package dev.q.boot.endpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.boot.endpoint.Served.Answer;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleRequest;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over HTTP, jobs in memory.
 */
class QEndpointTests {

	private static final QueueName MAIL = new QueueName("mail");

	private final Served served = Served.unrestricted();

	@AfterEach
	void close() {
		this.served.close();
	}

	@Test
	void theOverviewCountsEverything() {
		enqueue("a");
		enqueue("b");
		this.served.admin().pause(MAIL, PauseMode.OUT);
		this.served.schedules().upsert(ScheduleRequest.every("daily", Duration.ofHours(24), job("x")));

		JsonNode overview = this.served.get("/q").body();

		assertThat(overview.path("store").asString()).isEqualTo("memory");
		assertThat(overview.at("/jobs/READY").asInt()).isEqualTo(2);
		assertThat(overview.at("/pausedQueues/0").asString()).isEqualTo("mail");
		assertThat(overview.path("schedules").asInt()).isOne();
		assertThat(overview.path("workers").asInt()).isZero();
	}

	@Test
	void queuesAreShownPausedAndResumed() {
		enqueue("a");

		assertThat(this.served.post("/q/queues/mail", Map.of("action", "pause")).body().path("pause").asString())
			.isEqualTo("OUT");
		JsonNode queue = this.served.get("/q/queues/mail").body();
		assertThat(queue.path("pause").asString()).isEqualTo("OUT");
		assertThat(queue.at("/jobs/READY").asInt()).isOne();
		assertThat(queue.path("oldestReady").asString()).endsWith("Z");
		assertThat(queue.path("pausedSince").asString()).endsWith("Z");
		assertThat(queue.has("pausedBy")).isFalse();
		this.served.post("/q/queues/mail", Map.of("action", "pause", "mode", "all"));
		assertThat(this.served.get("/q/queues").body().at("/queues/0/pause").asString()).isEqualTo("ALL");
		assertThat(this.served.post("/q/queues/mail", Map.of("action", "resume")).status()).isEqualTo(200);
		assertThat(this.served.admin().queues().get(0).pause().mode()).isEqualTo(PauseMode.NONE);
		assertThat(this.served.get("/q/queues/mail").body().has("pausedSince")).isFalse();
		assertThat(this.served.get("/q/queues/other").status()).isEqualTo(404);
	}

	@Test
	void jobsAreFoundByFilterPageByPage() {
		List<JobId> ids = List.of(enqueue("a"), enqueue("b"), enqueue("c"));
		this.served.admin().cancel(ids.subList(0, 1), "drill");

		JsonNode first = this.served.get("/q/jobs?queue=mail&state=READY,CANCELLED&limit=2").body();
		assertThat(first.path("jobs")).hasSize(2);
		assertThat(first.at("/jobs/0/state").asString()).isEqualTo("CANCELLED");
		JsonNode second = this.served
			.get("/q/jobs?queue=mail&state=READY&state=CANCELLED&limit=2&cursor=" + first.path("next").asString())
			.body();
		assertThat(second.at("/jobs/0/id").asString()).isEqualTo(ids.get(2).toString());
		assertThat(second.has("next")).isFalse();
		assertThat(this.served.get("/q/jobs?type=other").body().path("jobs")).isEmpty();
	}

	@Test
	void aJobIsShownWithItsExplanationAndWithoutItsPayload() {
		JobId id = enqueue("a secret");
		this.served.admin().pause(MAIL, PauseMode.OUT);

		Answer answer = this.served.get("/q/jobs/" + id);

		assertThat(answer.body().path("queue").asString()).isEqualTo("mail");
		assertThat(answer.body().at("/payload/size").asInt()).isPositive();
		assertThat(answer.body().at("/limits/maxCrashes").asInt()).isEqualTo(3);
		assertThat(answer.body().path("attempts").isArray()).isTrue();
		assertThat(answer.body().at("/explanation/reasons/0/code").asString()).isEqualTo("QUEUE_PAUSED");
		assertThat(answer.body().at("/explanation/claimable").asBoolean(true)).isFalse();
		assertThat(answer.body().at("/explanation/timeline/0/event").asString()).isEqualTo("CREATED");
		assertThat(answer.body().at("/explanation/timeline/0/at").asString()).endsWith("Z");
		assertThat(answer.text() + this.served.get("/q/jobs").text()).doesNotContain("secret");
	}

	@Test
	void oneJobIsCancelledRetriedAndDeleted() {
		JobId id = enqueue("a");

		assertThat(this.served.post("/q/jobs/" + id, Map.of("action", "cancel", "reason", "drill")).status())
			.isEqualTo(200);
		assertThat(this.served.get("/q/jobs/" + id).body().path("cancelReason").asString()).isEqualTo("drill");
		Answer again = this.served.post("/q/jobs/" + id, Map.of("action", "cancel"));
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.error()).contains("CANCELLED", id.toString());
		assertThat(this.served.post("/q/jobs/" + id, Map.of("action", "retry")).status()).isEqualTo(200);
		assertThat(this.served.delete("/q/jobs/" + id).status()).isEqualTo(200);
		assertThat(this.served.delete("/q/jobs/" + id).status()).isEqualTo(404);
		assertThat(this.served.get("/q/jobs/" + id).error()).contains("no job", id.toString());
	}

	@Test
	void manyJobsAreChangedOnlyAfterADryRun() {
		enqueue("a");
		enqueue("b");
		Map<String, Object> wish = Map.of("action", "cancel", "queue", "mail", "state", "READY,RETRYING");

		JsonNode counted = this.served.post("/q/jobs", wish).body();
		assertThat(counted.path("matched").asInt()).isEqualTo(2);
		assertThat(counted.path("changed").asInt()).isZero();
		assertThat(counted.path("dryRun").asBoolean()).isTrue();
		assertThat(this.served.admin().queues().get(0).count(JobState.READY)).isEqualTo(2);

		Answer unconfirmed = this.served.post("/q/jobs", with(wish, Map.of("dryRun", false)));
		assertThat(unconfirmed.status()).isEqualTo(409);
		assertThat(unconfirmed.error()).contains("dry run");
		String confirm = counted.path("confirm").asString();
		enqueue("c");
		assertThat(this.served.post("/q/jobs", with(wish, Map.of("dryRun", false, "confirm", confirm))).error())
			.contains("3 jobs are meant now");
		String anew = this.served.post("/q/jobs", wish).body().path("confirm").asString();
		JsonNode done = this.served.post("/q/jobs", with(wish, Map.of("dryRun", false, "confirm", anew))).body();
		assertThat(done.path("changed").asInt()).isEqualTo(3);
		assertThat(this.served.admin().queues().get(0).count(JobState.CANCELLED)).isEqualTo(3);
	}

	@Test
	void schedulesAreShownPausedResumedAndTriggered() {
		this.served.schedules().upsert(ScheduleRequest.every("daily", Duration.ofHours(24), job("x")));

		assertThat(this.served.get("/q/schedules/daily").body().path("preview")).hasSize(5);
		this.served.post("/q/schedules/daily", Map.of("action", "pause"));
		assertThat(this.served.get("/q/schedules").body().at("/schedules/0/paused").asBoolean()).isTrue();
		this.served.post("/q/schedules/daily", Map.of("action", "resume"));
		assertThat(this.served.schedules().find("daily").orElseThrow().paused()).isFalse();
		JsonNode triggered = this.served.post("/q/schedules/daily", Map.of("action", "trigger")).body();
		assertThat(this.served.get("/q/jobs/" + triggered.path("job").asString()).status()).isEqualTo(200);
		assertThat(this.served.delete("/q/schedules/daily").status()).isEqualTo(200);
		assertThat(this.served.post("/q/schedules/daily", Map.of("action", "pause")).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/q/cars                        | 'cars'
			/q/cars/one                    | 'cars'
			/q/jobs?state=ASLEEP           | 'ASLEEP'
			/q/jobs?limit=0                | 'limit must be a number from 1 to 500'
			/q/jobs?limit=many             | 'many'
			/q/jobs?cursor=x               | 'cursor'
			/q/jobs?queue=no%20queue       | 'no queue'
			/q/jobs?tag=%2F                | 'tag'
			/q/jobs?storedBefore=yesterday | 'yesterday'
			/q/jobs/42                     | 'job id is a UUID'
			/q/queues/a%20b                | 'a b'
			/q/queues?state=READY          | 'Only jobs'
			""")
	void badInputIsRefusedWithWhatWasWrong(String path, String said) {
		Answer answer = this.served.get(path);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.error()).contains(said);
	}

	@Test
	void badWishesAreRefusedWithWhatWasWrong() {
		JobId id = enqueue("a");

		assertThat(this.served.post("/q/queues/mail", Map.of()).error()).contains("action is missing", "pause");
		assertThat(this.served.post("/q/queues/mail", Map.of("action", "stop")).error()).contains("'stop'");
		assertThat(this.served.post("/q/queues/mail", Map.of("action", "pause", "mode", "half")).error())
			.contains("'half'", "OUT");
		assertThat(this.served.post("/q/jobs/" + id, Map.of("action", "run")).error()).contains("'run'", "runNow");
		assertThat(this.served.post("/q/jobs", Map.of("action", "delete")).error()).contains("states");
		assertThat(this.served.post("/q/jobs", Map.of("action", "retry", "state", "SUCCEEDED")).error())
			.contains("SUCCEEDED", "retry");
		assertThat(this.served.post("/q/jobs", Map.of("action", "retry", "dryRun", "no")).error()).contains("'no'");
		assertThat(this.served.post("/q/workers", Map.of("action", "retry")).status()).isEqualTo(400);
		assertThat(this.served.delete("/q/queues/mail").error()).contains("jobs and schedules");
	}

	@Test
	void aStoreThatIsAwayIsSaid() {
		this.served.store().close();

		assertThat(this.served.get("/q").status()).isEqualTo(503);
		assertThat(this.served.get("/q/queues").error()).contains("closed");
	}

	private JobId enqueue(String payload) {
		return this.served.jobs().with(JobOptions.NONE.queue("mail")).enqueue(job(payload)).id();
	}

	private static JobRequest job(String payload) {
		return JobRequest.of("send", payload);
	}

	private static Map<String, Object> with(Map<String, Object> one, Map<String, Object> another) {
		Map<String, Object> all = new HashMap<>(one);
		all.putAll(another);
		return all;
	}

}
