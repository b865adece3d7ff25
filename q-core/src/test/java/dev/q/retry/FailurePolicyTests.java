package dev.q.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.JobRetryPolicy;
import dev.q.PermanentJobException;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FailurePolicyTests {

	private static final Throwable FAILURE = new IllegalStateException("boom");

	private static final JobRetryPolicy DEFAULT = (failures, failure) -> Duration.ofSeconds(failures);

	private final Logger logger = (Logger) LoggerFactory.getLogger(FailurePolicy.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final AtomicInteger seen = new AtomicInteger();

	private final RetryPolicies policies = new RetryPolicies(
			Map.of("counting", this::count, "throws", FailurePolicyTests::fail, "errs", FailurePolicyTests::overflow,
					"negative", (failures, failure) -> Duration.ofSeconds(-1), "none", FailurePolicyTests::none,
					"endless", (failures, failure) -> Duration.ofSeconds(Long.MAX_VALUE)),
			new Random(1));

	private final FailurePolicy policy = new FailurePolicy(this.policies, DEFAULT);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void aPermanentFailureIsDeadAtOnce() {
		Outcome outcome = this.policy.outcomeOf(new PermanentJobException("no"), job(0, null), HandlerRetry.NONE);

		assertThat(outcome).isInstanceOfSatisfying(Outcome.Dead.class, (dead) -> {
			assertThat(dead.reason()).isEqualTo(DeadReason.PERMANENT);
			assertThat(dead.error().message()).isEqualTo("no");
		});
	}

	@Test
	void theLastAttemptIsDead() {
		assertThat(this.policy.outcomeOf(FAILURE, job(2, "fixed(1s)"), HandlerRetry.NONE)).isInstanceOfSatisfying(
				Outcome.Dead.class, (dead) -> assertThat(dead.reason()).isEqualTo(DeadReason.EXHAUSTED));
	}

	@Test
	void anAttemptBeyondTheLastIsDead() {
		assertThat(this.policy.outcomeOf(FAILURE, job(Integer.MAX_VALUE - 1, null), HandlerRetry.NONE))
			.isInstanceOf(Outcome.Dead.class);
	}

	@Test
	void aJobThatMayRunOnceIsNotTriedAgain() {
		Job job = job(new JobSpec(QueueName.DEFAULT, new TypeName("t"), 1, Payload.EMPTY, 5, JobLimits.DEFAULT,
				DeliveryMode.AT_MOST_ONCE, Durability.STANDARD, null, null, Set.of(), Map.of()), 0);

		assertThat(this.policy.outcomeOf(FAILURE, job, HandlerRetry.NONE)).isInstanceOf(Outcome.Dead.class);
	}

	@Test
	void thePolicyOfTheJobGoesFirstThenTheHandlersThenTheDefault() {
		assertThat(delay(job(0, "fixed(7s)"), "fixed(9s)")).isEqualTo(Duration.ofSeconds(7));
		assertThat(delay(job(0, null), "fixed(9s)")).isEqualTo(Duration.ofSeconds(9));
		assertThat(delay(job(1, null), null)).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void aPolicyIsToldTheFailuresWithThisOne() {
		delay(job(1, "counting"), null);

		assertThat(this.seen).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing", "", "fixed(", "throws", "errs", "negative", "none" })
	void whatCannotBeUsedFallsBackToTheDefaultAndIsLoggedOnce(String text) {
		assertThat(delay(job(1, text), "fixed(9s)")).isEqualTo(Duration.ofSeconds(2));
		assertThat(delay(job(0, text), null)).isEqualTo(Duration.ofSeconds(1));

		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("'" + text + "'"));
	}

	@Test
	void aDefaultThatFailsDoesNotLoseTheJob() {
		FailurePolicy broken = new FailurePolicy(this.policies, FailurePolicyTests::fail);

		assertThat(broken.outcomeOf(FAILURE, job(0, "throws"), HandlerRetry.NONE)).isInstanceOfSatisfying(
				Outcome.Retry.class,
				(retry) -> assertThat(retry.delay()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(44)));
		assertThat(this.log.list).hasSize(2);
	}

	@Test
	void anEndlessDelayIsCut() {
		assertThat(delay(job(0, "endless"), null)).isEqualTo(Duration.ofDays(3650));
	}

	@Test
	void textsOfStoredJobsFillNeitherLogNorMemory() {
		for (int i = 0; i < 3000; i++) {
			delay(job(0, "evil\n" + i), null);
		}

		assertThat(this.log.list).hasSize(1000)
			.allSatisfy((event) -> assertThat(event.getFormattedMessage()).doesNotContain("\n"));
	}

	private Duration delay(Job job, @Nullable String handlerRetry) {
		Outcome outcome = this.policy.outcomeOf(FAILURE, job, new HandlerRetry(handlerRetry, Set.of(), Set.of()));
		assertThat(outcome).isInstanceOf(Outcome.Retry.class);
		assertThat(((Outcome.Retry) outcome).error().message()).isEqualTo("boom");
		return ((Outcome.Retry) outcome).delay();
	}

	private Duration count(int failures, Throwable failure) {
		this.seen.set(failures);
		return Duration.ZERO;
	}

	private static Duration fail(int failures, Throwable failure) {
		throw new IllegalStateException("the policy is broken");
	}

	private static Duration overflow(int failures, Throwable failure) {
		throw new StackOverflowError();
	}

	@SuppressWarnings("NullAway") // what code without null checks may do
	private static Duration none(int failures, Throwable failure) {
		return null;
	}

	private static Job job(int failures, @Nullable String retry) {
		return job(new JobSpec(QueueName.DEFAULT, new TypeName("t"), 1, Payload.EMPTY, 5,
				JobLimits.DEFAULT.withMaxAttempts(3), DeliveryMode.AT_LEAST_ONCE, Durability.STANDARD, null, retry,
				Set.of(), Map.of()), failures);
	}

	private static Job job(JobSpec spec, int failures) {
		return new Job(JobId.timeOrdered(Instant.EPOCH, 0, 0), spec, JobState.RUNNING,
				new JobCounters(failures, failures + 1, 0, 0, 0), JobTimes.created(Instant.EPOCH, Instant.EPOCH, null));
	}

}
