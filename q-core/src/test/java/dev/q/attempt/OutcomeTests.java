package dev.q.attempt;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.q.JobOutcome;
import dev.q.JobOutcomeException;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler says becomes of its job, returned or thrown, and what is done about jobs
 * that nobody knows.
 */
class OutcomeTests {

	private final EngineScene scene = new EngineScene();

	private final ManualJobEngine engine = this.scene.engine();

	private int types;

	@AfterEach
	void close() {
		this.engine.close();
		this.scene.close();
	}

	@Test
	void anOutcomeThatIsThrownMeansTheSameAsOneThatIsReturned() {
		assertThat(run(JobOutcome.snooze(Duration.ofMinutes(1))).state()).isEqualTo(JobState.SCHEDULED);
		assertThat(run(JobOutcome.nack(Duration.ofMinutes(1))).job().counters().nacks()).isPositive();
		assertThat(run(JobOutcome.cancel("drill")).state()).isEqualTo(JobState.CANCELLED);
		assertThat(run(JobOutcome.discard("drill")).state()).isEqualTo(JobState.CANCELLED);
		assertThat(run(JobOutcome.retryAt(Instant.parse("2027-01-01T00:00:00Z"), "drill")).job().times().runAt())
			.isEqualTo("2027-01-01T00:00:00Z");
	}

	@SuppressWarnings("NullAway") // as by the message of an exception that has none
	@Test
	void aHandlerThatGivesNoReasonEndsItsJobAllTheSame() {
		for (JobOutcome outcome : List.of(JobOutcome.cancel(null), JobOutcome.discard(null))) {
			JobDetails job = run(outcome);

			assertThat(job.state()).isEqualTo(JobState.CANCELLED);
			assertThat(job.cancelReason()).isEmpty();
		}
		assertThat(run(JobOutcome.fail(null)).state()).isEqualTo(JobState.RETRYING);
	}

	@Test
	void aDelayThatNoStoreCanHoldIsCutAndStandsInNobodysWay() {
		Duration forever = ChronoUnit.FOREVER.getDuration();

		assertThat(run(JobOutcome.snooze(forever)).state()).isEqualTo(JobState.SCHEDULED);
		assertThat(run(JobOutcome.nack(forever)).job().counters().nacks()).isOne();
		assertThat(run(JobOutcome.retryAt(Instant.MAX, "drill")).state()).isEqualTo(JobState.RETRYING);
		assertThat(run(JobOutcome.cancel("drill")).state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void aFailureThatIsThrownAsAnOutcomeGoesByTheRetryPolicyAndKeepsItsCause() {
		JobDetails job = run(JobOutcome.fail("drill", new IOException("the disk")));

		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(job.lastError()).isNotNull();
		assertThat(Objects.requireNonNull(job.lastError()).type()).isEqualTo(JobOutcomeException.class.getName());
		assertThat(Objects.requireNonNull(job.lastError()).message()).isEqualTo("drill");
		assertThat(Objects.requireNonNull(job.lastError()).stackTrace()).contains("the disk");
	}

	@Test
	void aJobOfATypeThatNobodyKnowsIsDeadAfterADayAndKeepsItsPayload() {
		JobId id = this.scene.enqueue("nobody-knows", "payload");

		this.engine.advance(Duration.ofHours(24).minusSeconds(1));
		JobState before = this.scene.find(id).state();
		this.engine.advance(Duration.ofSeconds(11));

		assertThat(before).isEqualTo(JobState.SCHEDULED);
		assertThat(this.scene.find(id).deadReason()).isEqualTo(DeadReason.NO_HANDLER);
		assertThat(this.scene.find(id).job().counters().failures()).isZero();
		assertThat(this.scene.decode(this.scene.find(id).job().spec().payload(), String.class)).isEqualTo("payload");
		assertThat(Objects.requireNonNull(this.scene.find(id).lastError()).message()).contains("nobody-knows");
	}

	@Test
	void aJobWhoseHandlerComesInTimeRuns() {
		JobId id = this.scene.enqueue("comes-late", "x");
		this.engine.advance(Duration.ofHours(23));

		this.scene.handle("comes-late", (payload, context) -> null);
		this.engine.advance(Duration.ofSeconds(11));

		assertThat(this.scene.find(id).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@SuppressWarnings("NullAway") // as by a handler that does not check
	@Test
	void aResultOfAContentTypeThatNoStoreCouldKeepDoesNotUndoTheWork() {
		for (String contentType : Arrays.asList("a\0b", "a\nb", "", "\u00e4", "x".repeat(128), null)) {
			assertThat(resultOf(contentType)).isInstanceOfSatisfying(StoredResult.Omitted.class,
					(omitted) -> assertThat(omitted.reason()).contains("content type").contains("127"));
		}
		assertThat(resultOf("x".repeat(127))).isInstanceOf(StoredResult.Value.class);
	}

	@SuppressWarnings("NullAway") // as above
	private StoredResult resultOf(@Nullable String contentType) {
		String type = "typed-" + this.types++;
		this.scene.handle(type, (payload, context) -> Payload.of(contentType, new byte[] { 1 }));
		JobId id = this.scene.enqueue(type, "x");
		this.engine.runDueJobs();
		assertThat(this.scene.find(id).state()).isEqualTo(JobState.SUCCEEDED);
		return this.scene.find(id).result();
	}

	private JobDetails run(JobOutcome outcome) {
		String type = "throws-" + this.types++;
		this.scene.handle(type, (payload, context) -> {
			throw outcome.toException();
		});
		JobId id = this.scene.enqueue(type, "x");
		this.engine.runDueJobs();
		return this.scene.find(id);
	}

}
