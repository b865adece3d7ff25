package dev.q.attempt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobOutcome;
import dev.q.JobOutcomeException;
import dev.q.codec.PayloadCodec;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.ports.EngineClock;
import dev.q.retry.FailurePolicy;
import dev.q.retry.HandlerRetry;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a handler has returned or thrown into an {@link Outcome}. Safe for use by
 * many threads.
 */
final class Judge {

	private static final JobError STOPPED = JobError.of(InterruptedException.class.getName(),
			"The worker stopped while a handler ran the job, which may not start twice");

	private static final int MOST_OF_CONTENT_TYPE = 127;

	private final PayloadCodec codec;

	private final FailurePolicy failures;

	private final EngineClock clock;

	// The first sign that the JVM is not sound. It stays until the process ends.
	private final AtomicReference<@Nullable String> damage = new AtomicReference<>();

	Judge(PayloadCodec codec, FailurePolicy failures, EngineClock clock) {
		this.codec = codec;
		this.failures = failures;
		this.clock = clock;
	}

	Outcome returned(@Nullable Object answer, HandlerRetry retry, Job job) {
		if (answer instanceof JobOutcome.Fail failure) {
			return this.failures.outcomeOf(failure.toException(), job, retry);
		}
		return (answer instanceof JobOutcome told) ? told(told, job) : succeeded(answer);
	}

	Outcome succeeded(@Nullable Object result) {
		return new Outcome.Succeeded(resultOf(result));
	}

	Outcome threw(Throwable failure, HandlerRetry retry, Job job) {
		if (failure instanceof JobOutcomeException thrown && !(thrown.outcome() instanceof JobOutcome.Fail)) {
			return told(thrown.outcome(), job);
		}
		return this.failures.outcomeOf(failure, job, retry);
	}

	/**
	 * Remembers a failure that means more than a failed attempt: after it nobody knows
	 * what state the process is in.
	 */
	void note(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			this.damage.compareAndSet(null, JobError.of(failure).summary());
		}
	}

	/**
	 * What is wrong with the JVM.
	 */
	Optional<String> damage() {
		return Optional.ofNullable(this.damage.get());
	}

	/**
	 * What becomes of a job that may not start twice when the engine stops its attempt.
	 * @param outcome what would have become of it else
	 */
	static Outcome interrupted(Outcome outcome) {
		return new Outcome.Dead(DeadReason.INTERRUPTED,
				(outcome instanceof Outcome.Dead dead) ? dead.error() : STOPPED);
	}

	private Outcome told(JobOutcome told, Job job) {
		if (job.mayStartOnce() && !(told instanceof JobOutcome.Cancel)) {
			return refused(told, job);
		}
		if (told instanceof JobOutcome.Snooze snooze) {
			return new Outcome.Released(ReleaseReason.SNOOZE, snooze.delay());
		}
		if (told instanceof JobOutcome.Nack nack) {
			return new Outcome.Released(ReleaseReason.NACK, nack.delay());
		}
		if (told instanceof JobOutcome.Cancel cancel) {
			return new Outcome.Cancelled(cancel.reason());
		}
		return retryAt((JobOutcome.RetryAt) told, job);
	}

	/**
	 * What would start a job again that may start once.
	 */
	private static Outcome refused(JobOutcome told, Job job) {
		return new Outcome.Dead(DeadReason.PERMANENT, JobError.of(JobOutcomeException.class.getName(),
				"Its handler answered %s, but job %s has delivery AT_MOST_ONCE and may not start again. Return a result, cancel(..) or fail(..), or enqueue such jobs with AT_LEAST_ONCE"
					.formatted(told, job.id())));
	}

	private Outcome retryAt(JobOutcome.RetryAt retry, Job job) {
		JobError error = JobError.of(JobOutcomeException.class.getName(), retry.reason());
		if (job.isLastAttempt()) {
			return new Outcome.Dead(DeadReason.EXHAUSTED, error);
		}
		Duration delay = Duration.between(this.clock.instant(), retry.instant());
		return new Outcome.Retry(delay.isNegative() ? Duration.ZERO : delay, error);
	}

	/** Whatever a handler has put there, every store must be able to write it. */
	private static boolean isContentType(@Nullable String type) {
		return type != null && !type.isEmpty() && type.length() <= MOST_OF_CONTENT_TYPE
				&& type.chars().allMatch((c) -> c >= ' ' && c <= '~');
	}

	/**
	 * A result that cannot be kept does not undo the work that was done.
	 */
	private StoredResult resultOf(@Nullable Object value) {
		if (value == null) {
			return StoredResult.NONE;
		}
		try {
			Payload payload = this.codec.encode(value);
			if (!isContentType(payload.contentType())) {
				return new StoredResult.Omitted(
						"The result has a content type that cannot be kept: it must be 1 to %d printable characters of ASCII"
							.formatted(MOST_OF_CONTENT_TYPE));
			}
			return (payload.size() <= HandlerRunner.MAX_RESULT) ? new StoredResult.Value(payload)
					: new StoredResult.Omitted("The result has %d bytes, more than the %d that are kept"
						.formatted(payload.size(), HandlerRunner.MAX_RESULT));
		}
		catch (Throwable ex) {
			note(ex);
			return new StoredResult.Omitted("The result could not be encoded: " + JobError.of(ex).summary());
		}
	}

}
