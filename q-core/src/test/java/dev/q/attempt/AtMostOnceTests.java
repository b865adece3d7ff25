package dev.q.attempt;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobOutcome;
import dev.q.handler.HandlerInvoker;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a job that may start once, however its attempt ends.
 */
class AtMostOnceTests {

	private final Line line = new Line();

	private final AtomicInteger starts = new AtomicInteger();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aHandlerThatReturnsSucceeds() {
		assertThat(run((payload, context) -> null).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aFailureEndsTheJobHoweverManyAttemptsItsSpecAllows() {
		JobDetails job = run((payload, context) -> {
			assertThat(context.isLastAttempt()).isTrue();
			throw new IOException("the disk");
		});

		assertThat(job.deadReason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(Objects.requireNonNull(job.lastError()).message()).isEqualTo("the disk");
		assertThat(job.job().counters().failures()).isOne();
	}

	@Test
	void anOutcomeThatWouldStartTheJobAgainIsRefusedByName() {
		refuses(JobOutcome.snooze(Duration.ofMinutes(1)), "Snooze[delay=PT1M]");
		refuses(JobOutcome.nack(Duration.ZERO), "Nack[delay=PT0S]");
		refuses(JobOutcome.retryAt(Instant.parse("2027-01-01T00:00:00Z"), "drill"), "drill");
	}

	@Test
	void aHandlerMayCallItsJobOff() {
		assertThat(run((payload, context) -> JobOutcome.cancel("drill")).state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void aHandlerThatAStopInterruptsEndsTheJob() {
		JobDetails job = run((payload, context) -> {
			this.line.jobs.interruptAll();
			throw new InterruptedException("drill");
		});

		assertThat(job.deadReason()).isEqualTo(DeadReason.INTERRUPTED);
		assertThat(Objects.requireNonNull(job.lastError()).message()).isEqualTo("drill");
		assertThat(job.job().counters()).isEqualTo(new JobCounters(1, 1, 0, 0, 0));
	}

	@Test
	void aHandlerThatOutlastsTheStopEndsTheJob() {
		JobDetails job = run((payload, context) -> {
			this.line.jobs.giveUpAll();
			settle();
			return null;
		});

		assertThat(job.deadReason()).isEqualTo(DeadReason.INTERRUPTED);
		assertThat(Objects.requireNonNull(job.lastError()).message()).contains("may not start twice");
	}

	@Test
	void aHandlerThatReturnsAlthoughAStopInterruptsItSucceeds() {
		JobDetails job = run((payload, context) -> {
			this.line.jobs.interruptAll();
			return null;
		});

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobThatMetNoHandlerBeforeTheStopIsHandedBack() {
		Execution execution = claim("known");
		this.line.scene.handle("known", (payload, context) -> this.starts.incrementAndGet());
		this.line.jobs.giveUpAll();
		execution.run();
		settle();

		assertThat(this.starts).hasValue(0);
		assertThat(find(execution).state()).isEqualTo(JobState.READY);
	}

	@Test
	void aJobOfATypeThatNobodyKnowsIsHandedBack() {
		Execution execution = claim("nobody-knows");
		execution.run();
		settle();

		assertThat(find(execution).state()).isEqualTo(JobState.SCHEDULED);
		assertThat(find(execution).job().counters().releases()).isOne();
	}

	@Test
	void aStopWhileTheHandlerIsLookedForStartsNone() {
		Execution execution = claim("known");
		this.line.scene.handle("known", (payload, context) -> this.starts.incrementAndGet());
		assertThat(execution.giveUp()).isTrue();

		assertThat(execution.end().begin(0)).isFalse();
		settle();
		assertThat(find(execution).state()).isEqualTo(JobState.READY);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anOrdinaryJobIsHandedBackAsEver(boolean isInterrupted) {
		this.line.scene.handle("ordinary", (payload, context) -> {
			if (isInterrupted) {
				this.line.jobs.interruptAll();
				throw new InterruptedException("drill");
			}
			this.line.jobs.giveUpAll();
			return null;
		});
		Execution execution = this.line.claim(this.line.scene.job("ordinary", "x"));
		execution.run();
		settle();

		assertThat(find(execution).state()).isEqualTo(JobState.READY);
	}

	private void refuses(JobOutcome outcome, String named) {
		JobDetails job = run((payload, context) -> outcome);

		assertThat(job.deadReason()).isEqualTo(DeadReason.PERMANENT);
		assertThat(Objects.requireNonNull(job.lastError()).message()).contains(named, "AT_MOST_ONCE",
				job.id().toString());
	}

	private JobDetails run(HandlerInvoker handler) {
		String type = "type-" + this.starts.incrementAndGet();
		this.line.scene.handle(type, handler);
		Execution execution = claim(type);
		execution.run();
		settle();
		return find(execution);
	}

	private Execution claim(String type) {
		JobSpec spec = this.line.scene.job(type, "x").withDelivery(DeliveryMode.AT_MOST_ONCE);
		return this.line.claim(spec);
	}

	private JobDetails find(Execution execution) {
		return this.line.scene.find(execution.job().id());
	}

	private void settle() {
		this.line.completer.loop().step();
	}

}
