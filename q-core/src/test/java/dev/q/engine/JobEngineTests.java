package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.q.JobOutcome;
import dev.q.PermanentJobException;
import dev.q.attempt.HandlerRunner;
import dev.q.event.JobEvent;
import dev.q.job.DeadReason;
import dev.q.job.Due;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobEngineTests {

	private final EngineScene scene = new EngineScene();

	private final List<Object> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aJobRunsWithItsPayloadAndItsResultIsStored() {
		this.scene.handle("greet", (payload, context) -> "Hello " + payload + ", attempt " + context.attempt());
		JobId id = this.scene.enqueue("greet", "Ada");

		run();

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(resultOf(job)).isEqualTo("Hello Ada, attempt 1");
	}

	@Test
	void aThousandEqualPayloadsRunAThousandTimes() {
		this.scene.handle("count", (payload, context) -> this.seen.add(context.id()));
		for (int i = 0; i < 1000; i++) {
			this.scene.enqueue("count", "the same");
		}

		run();

		assertThat(this.seen).hasSize(1000).doesNotHaveDuplicates();
	}

	@Test
	void aJobWithoutResultLeavesNone() {
		this.scene.handle("quiet", (payload, context) -> null);
		JobId id = this.scene.enqueue("quiet", "x");

		run();

		assertThat(this.scene.find(id).result()).isEqualTo(StoredResult.NONE);
	}

	@Test
	void aResultThatIsTooLargeDoesNotUndoTheWork() {
		this.scene.handle("large", (payload, context) -> "x".repeat(HandlerRunner.MAX_RESULT));
		JobId id = this.scene.enqueue("large", "x");

		run();

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.result()).isInstanceOfSatisfying(StoredResult.Omitted.class,
				(omitted) -> assertThat(omitted.reason()).contains("262146 bytes").contains("262144"));
	}

	@Test
	void aJobThatFailsRunsAgainAfterItsDelayAndNotBefore() {
		this.scene.handle("flaky", (payload, context) -> {
			this.seen.add(context.attempt());
			if (context.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
			return null;
		});
		JobId id = this.scene.enqueue("flaky", "x");
		ManualJobEngine engine = this.scene.engine();

		engine.runDueJobs();
		JobDetails afterFirst = this.scene.find(id);
		engine.advance(Duration.ofMillis(9_999));
		int startsBefore = this.seen.size();
		engine.advance(Duration.ofMillis(1));
		engine.close();

		assertThat(afterFirst.state()).isEqualTo(JobState.RETRYING);
		assertThat(afterFirst.lastError()).isNotNull();
		assertThat(afterFirst.lastError().message()).isEqualTo("not yet");
		assertThat(startsBefore).isEqualTo(1);
		assertThat(this.seen).containsExactly(1, 2);
		assertThat(this.scene.find(id).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobIsDeadAfterItsLastAttempt() {
		this.scene.handle("doomed", (payload, context) -> {
			this.seen.add(context.isLastAttempt());
			throw new IllegalStateException("never");
		});
		JobId id = this.scene.enqueue(this.scene.job("doomed", "x").withLimits(JobLimits.DEFAULT.withMaxAttempts(2)));
		ManualJobEngine engine = this.scene.engine();

		engine.advance(Duration.ofMinutes(1));
		engine.close();

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.DEAD);
		assertThat(job.deadReason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(job.job().counters().failures()).isEqualTo(2);
		assertThat(this.seen).containsExactly(false, true);
	}

	@Test
	void theFailuresOfAllAttemptsAreKept() {
		this.scene.handle("sick", (payload, context) -> {
			if (context.attempt() < 3) {
				throw new IllegalStateException("too early by " + (3 - context.attempt()));
			}
			return null;
		});
		JobId id = this.scene.enqueue("sick", "x");
		ManualJobEngine engine = this.scene.engine();

		engine.advance(Duration.ofMinutes(5));
		engine.close();

		List<AttemptRecord> attempts = this.scene.store.catalog()
			.attempts(this.scene.find(id).job().spec().queue(), id);
		assertThat(attempts).extracting(AttemptRecord::outcome)
			.containsExactly(AttemptOutcome.FAILED, AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
		assertThat(attempts.subList(0, 2)).extracting((attempt) -> Objects.requireNonNull(attempt.error()))
			.allMatch((error) -> error.type().equals(IllegalStateException.class.getName()))
			.allMatch((error) -> error.stackTrace().contains("JobEngineTests"))
			.extracting(JobError::message)
			.containsExactly("too early by 2", "too early by 1");
	}

	@Test
	void aFailureThatCannotBeMendedEndsTheJobAtOnce() {
		this.scene.handle("doomed", (payload, context) -> {
			throw new PermanentJobException("gone");
		});
		JobId id = this.scene.enqueue("doomed", "x");

		run();

		assertThat(this.scene.find(id).deadReason()).isEqualTo(DeadReason.PERMANENT);
	}

	@Test
	void anErrorOfAHandlerIsAFailedAttemptAndNeighboursRun() {
		this.scene.handle("overflow", (payload, context) -> {
			throw new StackOverflowError();
		}).handle("fine", (payload, context) -> null);
		JobId bad = this.scene.enqueue("overflow", "x");
		JobId good = this.scene.enqueue("fine", "x");

		run();

		assertThat(this.scene.find(bad).state()).isEqualTo(JobState.RETRYING);
		assertThat(this.scene.find(good).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aPayloadThatCannotBeReadIsKeptAndItsNeighboursRun() {
		this.scene.handle("number", Integer.class, (payload, context) -> payload);
		JobId bad = this.scene.enqueue("number", "not a number");
		JobId good = this.scene.enqueue("number", 42);

		run();

		JobDetails dead = this.scene.find(bad);
		assertThat(dead.deadReason()).isEqualTo(DeadReason.UNDECODABLE);
		assertThat(dead.job().counters().failures()).isZero();
		assertThat(this.scene.decode(dead.job().spec().payload(), String.class)).isEqualTo("not a number");
		assertThat(this.scene.find(good).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobOfAnUnknownTypeIsHandedBackForTenSeconds() {
		JobId id = this.scene.enqueue("unheard-of", "x");

		run();

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
		assertThat(job.job().counters().failures()).isZero();
		assertThat(job.job().counters().releases()).isEqualTo(1);
		assertThat(job.job().times().unhandledSince()).isEqualTo(this.scene.clock.instant());
		assertThat(this.scene.untilDue(id)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void aHandlerMaySnoozeItsJobWithoutAFailure() {
		this.scene.handle("sleepy", (payload, context) -> JobOutcome.snooze(Duration.ofMinutes(5)));
		JobId id = this.scene.enqueue("sleepy", "x");

		run();

		assertThat(this.scene.find(id).job().counters().releases()).isEqualTo(1);
		assertThat(this.scene.find(id).job().attempt()).isEqualTo(1);
		assertThat(this.scene.untilDue(id)).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void aHandlerMayRefuseCancelFailOrPutOffItsJob() {
		this.scene.handle("nack", (payload, context) -> JobOutcome.nack(Duration.ofSeconds(1)))
			.handle("discard", (payload, context) -> JobOutcome.discard("nothing to do"))
			.handle("fail", (payload, context) -> JobOutcome.fail("bad day"))
			.handle("later",
					(payload, context) -> JobOutcome.retryAt(this.scene.clock.instant().plusSeconds(7), "not now"));
		JobId nack = this.scene.enqueue("nack", "x");
		JobId discard = this.scene.enqueue("discard", "x");
		JobId fail = this.scene.enqueue("fail", "x");
		JobId later = this.scene.enqueue("later", "x");

		run();

		assertThat(this.scene.find(nack).job().counters().nacks()).isEqualTo(1);
		assertThat(this.scene.find(discard).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.scene.find(discard).cancelReason()).isEqualTo("nothing to do");
		assertThat(this.scene.find(fail).state()).isEqualTo(JobState.RETRYING);
		assertThat(this.scene.untilDue(fail)).isEqualTo(Duration.ofSeconds(10));
		assertThat(this.scene.find(later).job().counters().failures()).isEqualTo(1);
		assertThat(this.scene.untilDue(later)).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void bytesReachTheirHandlerUnchanged() {
		this.scene.handle("bytes", byte[].class, (payload, context) -> {
			this.seen.add(Payload.octets((byte[]) payload));
			return null;
		});
		byte[] bytes = { 0, -1, 127 };
		this.scene.enqueue("bytes", bytes);

		run();

		assertThat(this.seen).containsExactly(Payload.octets(bytes));
	}

	@Test
	void listenersHearWhatBecomesOfAJob() {
		this.scene.handle("fine", (payload, context) -> null);
		this.scene.enqueue("fine", "x");

		run();

		assertThat(this.scene.events).hasExactlyElementsOfTypes(JobEvent.Started.class, JobEvent.Succeeded.class);
	}

	@Test
	void aDelayedJobStartsAtItsTimeWithoutASignal() {
		this.scene.handle("fine", (payload, context) -> this.seen.add(this.scene.clock.instant()));
		JobId id = this.scene.enqueue("fine", "x");
		this.scene.store.control().reschedule(List.of(id), Due.at(this.scene.clock.instant().plusSeconds(3600)));
		ManualJobEngine engine = this.scene.engine();

		engine.advance(Duration.ofHours(2));
		engine.close();

		assertThat(this.seen).containsExactly(this.scene.clock.instant().minusSeconds(3600));
	}

	private void run() {
		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();
		}
	}

	private Object resultOf(JobDetails job) {
		return this.scene.decode(((StoredResult.Value) job.result()).payload(), String.class);
	}

}
