package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.q.JobOptions;
import dev.q.JobOutcome;
import dev.q.JobTimeoutException;
import dev.q.PermanentJobException;
import dev.q.engine.EngineSettings;
import dev.q.handler.HandlerInvoker;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ladder: flag, interrupt, grace, abandonment. Handlers move the clock themselves and
 * let the watch look, so that each step happens at its moment on one thread.
 */
class TimeoutTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final Duration GRACE = EngineSettings.DEFAULT.timeoutGrace();

	private final Line line = new Line();

	private final List<Object> seen = new ArrayList<>();

	private int types;

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aHandlerIsToldByAFlagAndInterruptedWhenItsTimeIsUpAndNotBefore() {
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT.minusMillis(1));
			this.seen.addAll(List.of(context.shouldStop(), Thread.currentThread().isInterrupted()));
			pass(Duration.ofMillis(1));
			this.seen.addAll(List.of(context.shouldStop(), Thread.currentThread().isInterrupted()));
			return null;
		});

		assertThat(this.seen).containsExactly(false, false, true, true);
		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void whatAHandlerThrowsAfterItsTimeIsAFailureByTimeout() {
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT);
			throw new InterruptedException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(job.job().counters().failures()).isOne();
		assertThat(error(job).type()).isEqualTo(JobTimeoutException.class.getName());
		assertThat(error(job).message()).contains("PT3S");
		assertThat(error(job).stackTrace()).contains("Caused by: java.lang.InterruptedException: drill");
	}

	@Test
	void whatAHandlerSaysItselfCountsAfterItsTimeToo() {
		JobDetails permanent = run((payload, context) -> {
			pass(TIMEOUT);
			throw new PermanentJobException("drill");
		});
		JobDetails snoozed = run((payload, context) -> {
			pass(TIMEOUT);
			throw JobOutcome.snooze(Duration.ofHours(1)).toException();
		});

		assertThat(permanent.deadReason()).isEqualTo(DeadReason.PERMANENT);
		assertThat(snoozed.state()).isEqualTo(JobState.SCHEDULED);
		assertThat(snoozed.job().counters().failures()).isZero();
	}

	@Test
	void anAttemptThatDoesNotEndIsRecordedWithItsStackAfterTheGrace() {
		List<Duration> untilLooks = new ArrayList<>();
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT);
			untilLooks.add(this.line.deadlines.loop().timeLeft());
			pass(GRACE.minusMillis(1));
			this.seen.add(ended());
			pass(Duration.ofMillis(1));
			this.seen.add(ended());
			return "too late";
		});

		assertThat(this.seen).containsExactly(false, true);
		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(job.job().counters().failures()).isOne();
		assertThat(error(job).type()).isEqualTo(JobTimeoutException.class.getName());
		assertThat(error(job).stackTrace()).contains("TimeoutTests");
		assertThat(untilLooks).allMatch((left) -> left.compareTo(GRACE) <= 0);
	}

	@Test
	void anAttemptIsRecordedThoughTheRetryPolicyFailsAsNoPolicyShould() {
		this.line.scene.policy = (failures, failure) -> {
			throw new Error("drill");
		};
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT);
			pass(GRACE);
			this.seen.add(ended());
			return null;
		});

		assertThat(this.seen).containsExactly(true);
		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(job.job().counters().failures()).isOne();
	}

	@Test
	void anAttemptIsGivenUpOnlyWhenItsEndCanBeRecorded() {
		this.line.store.answersTooLittle = true;
		for (int i = 0; i < 2500; i++) {
			this.line.completer.offer(this.line.claim(), Line.DONE);
			this.line.completer.loop().step();
		}
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT);
			pass(GRACE);
			this.seen.add(this.line.abandoned.get());
			this.line.store.answersTooLittle = false;
			this.line.completer.loop().step();
			this.line.completer.loop().step();
			pass(Duration.ofMillis(100));
			this.seen.add(this.line.abandoned.get());
			return null;
		});

		assertThat(this.seen).containsExactly(0, 1);
		assertThat(job.job().counters().failures()).isOne();
	}

	@Test
	void theTimeoutOfTheJobGoesBeforeThatOfItsHandler() {
		this.line.scene.handle("any", JobOptions.NONE.timeout(Duration.ofHours(1)), (payload, context) -> {
			pass(TIMEOUT);
			return this.seen.add(context.shouldStop());
		});

		this.line.claim(limits(TIMEOUT)).run();

		assertThat(this.seen).containsExactly(true);
	}

	@Test
	void theTimeoutOfTheHandlerCountsForJobsThatCameWithoutOne() {
		this.line.scene.handle("any", JobOptions.NONE.timeout(TIMEOUT), (payload, context) -> {
			pass(TIMEOUT);
			return this.seen.add(context.shouldStop());
		});

		this.line.claim().run();

		assertThat(this.seen).containsExactly(true);
	}

	@Test
	void aHandlerMayAskWhenItsTimeIsUp() {
		Instant start = this.line.scene.clock.instant();
		this.line.scene.handle("any", (payload, context) -> this.seen.add(context.deadline()));

		this.line.claim(limits(TIMEOUT)).run();
		this.line.claim(limits(TIMEOUT).expiring(Duration.ofSeconds(1), null)).run();
		this.line.claim().run();

		assertThat(this.seen).containsExactly(Optional.of(start.plus(TIMEOUT)), Optional.of(start.plusSeconds(1)),
				Optional.empty());
	}

	@Test
	void aShortTimeoutWakesTheWatchInTime() {
		this.line.deadlines.loop().step();
		this.line.scene.handle("any", (payload, context) -> this.seen.add(this.line.deadlines.loop().isDue()));

		this.line.claim(limits(Duration.ofMillis(10))).run();

		assertThat(this.seen).containsExactly(true);
	}

	@Test
	void aProcessThatWasStoppedForLongOwesItsHandlersTheirGrace() {
		JobDetails job = run((payload, context) -> {
			pass(TIMEOUT.plus(GRACE).plus(Duration.ofHours(1)));
			return ended();
		});

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
	}

	private JobDetails run(HandlerInvoker handler) {
		String type = "type-" + this.types++;
		this.line.scene.handle(type, handler);
		Execution execution = this.line.claim(job(type));
		execution.run();
		while (this.line.completer.loop().isDue()) {
			this.line.completer.loop().step();
		}
		return this.line.scene.find(execution.job().id());
	}

	private JobSpec job(String type) {
		return this.line.scene.job(type, "x").withLimits(limits(TIMEOUT));
	}

	private boolean ended() {
		return this.line.jobs.oldestRunning(this.line.scene.clock.instant()).isEmpty();
	}

	/**
	 * Lets time pass, renews what must be renewed and lets the watch look.
	 */
	private void pass(Duration span) {
		this.line.scene.clock.advance(span);
		this.line.leases.loop().step();
		this.line.deadlines.loop().step();
	}

	private static JobLimits limits(Duration timeout) {
		return new JobLimits(5, 3, null, timeout, null, null);
	}

	private static JobError error(JobDetails job) {
		return Objects.requireNonNull(job.lastError());
	}

}
