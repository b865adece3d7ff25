package dev.q.admin.explain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.scene.EngineScene;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How explanations are written. Whether they are true is in the contract of stores.
 */
class ExplanationTests {

	private static final Instant AT = Instant.parse("2026-02-03T04:05:06Z");

	private final EngineScene scene = new EngineScene();

	private final Explainer explainer = new Explainer(this.scene.store);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void theTextSaysWhereTheJobStandsThenWhyThenWhatHappened() {
		JobId id = this.scene.enqueue("welcome", "x");
		this.scene.store.control().pause(new QueueName("work"), PauseMode.OUT);

		List<String> lines = this.explainer.explain(id).text().lines().toList();

		assertThat(lines.get(0))
			.isEqualTo("Job %s of type welcome in queue work is READY, and was never claimed".formatted(id));
		assertThat(lines.get(1))
			.isEqualTo("- Queue work is paused (OUT) since %s: it hands no jobs out until somebody resumes it"
				.formatted(this.scene.clock.instant()));
		assertThat(lines.get(2)).startsWith("- No worker works queue work");
		assertThat(lines.get(3)).endsWith("stored in queue work");
		assertThat(lines.get(4)).endsWith("due");
		assertThat(lines).hasSize(5);
	}

	@Test
	void whoPausedTheQueueIsSaidInOneLine() {
		JobId id = this.scene.enqueue("welcome", "x");
		this.scene.store.control().pause(new QueueName("work"), Pause.of(PauseMode.ALL).by("ada\n- it runs"));
		Instant since = this.scene.clock.instant();

		Explanation explanation = this.explainer.explain(id);

		assertThat(explanation.text().lines()).contains(
				"- Queue work is paused (ALL) by 'ada\\u000a- it runs' since %s: it hands no jobs out until somebody resumes it"
					.formatted(since));
		assertThat(explanation.reasons().get(0).evidence())
			.isEqualTo(Map.of("queue", "work", "mode", "ALL", "by", "ada\n- it runs", "since", since));
	}

	@Test
	void theMapHoldsNeitherThePayloadNorAnythingThatIsUnknown() {
		JobId id = this.scene.enqueue("welcome", "a secret");

		Map<String, Object> map = this.explainer.explain(id).toMap();

		assertThat(map.toString()).doesNotContain("secret", "null");
		assertThat(map).containsOnlyKeys("id", "queue", "type", "state", "counters", "storeTime", "claimable",
				"reasons", "timeline");
		assertThat((Collection<?>) map.get("reasons")).isNotEmpty()
			.allSatisfy(
					(reason) -> assertThat(String.valueOf(reason)).startsWith("{code=").contains("text=", "evidence="));
		assertThat(this.explainer.explain(id).text()).doesNotContain("secret");
	}

	@Test
	void aStoreThatDoesNotAnswerIsAReason() {
		JobId id = this.scene.enqueue("welcome", "x");
		this.scene.store.close();

		Explanation explanation = this.explainer.explain(id);

		assertThat(explanation.reasons()).singleElement().isInstanceOf(Surroundings.StoreAway.class);
		assertThat(explanation.text()).contains("Store memory does not answer");
		assertThat(explanation.isClaimable()).isFalse();
		assertThat(explanation.toMap()).containsOnlyKeys("id", "claimable", "reasons", "timeline");
	}

	@Test
	void whatUsersWroteCannotForgeALine() {
		assertThat(new End.Cancelled(AT, "no\nJob 42 is fine").text()).contains("no\\u000aJob 42").doesNotContain("\n");
		assertThat(new Waiting.WaitingForKey("a\u001b[2Jb", null, null).text()).doesNotContain("\u001b");
		assertThat(new Waiting.RetryBackoff(AT, 2, JobError.of("x.Y", "one\ntwo")).text()).doesNotContain("\n");
	}

	@Test
	void theHolderOfAKeyMayBeGone() {
		JobId holder = JobId.timeOrdered(AT, 0, 1);

		assertThat(new Waiting.WaitingForKey("k", holder, JobState.RUNNING).text())
			.isEqualTo("It waits for the unique key 'k', which job %s holds (RUNNING)".formatted(holder));
		assertThat(new Waiting.WaitingForKey("k", null, null).evidence()).isEqualTo(Map.of("key", "k"));
	}

}
