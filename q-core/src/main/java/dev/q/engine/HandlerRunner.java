package dev.q.engine;

import java.time.Duration;
import java.util.function.Supplier;

import dev.q.JobContext;
import dev.q.JobOption;
import dev.q.JobOutcome;
import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerRegistry;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QException;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.ports.EngineClock;
import dev.q.retry.FailurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a job, reads the payload, calls the handler and turns whatever
 * happens into an {@link Outcome}. Throws nothing. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class HandlerRunner {

	/** Most bytes that a result may have to be stored. */
	public static final int MAX_RESULT = 256 * 1024;

	private static final Outcome NO_HANDLER = new Outcome.Released(ReleaseReason.NO_HANDLER, Duration.ofSeconds(10));

	private static final Duration AFTER_THE_UNFORESEEN = Duration.ofMinutes(1);

	private final Supplier<HandlerRegistry> handlers;

	private final PayloadCodec codec;

	private final FailurePolicy failures;

	private final EngineClock clock;

	/**
	 * Makes a runner.
	 * @param handlers which handler runs which type; asked for each job
	 * @param codec reads payloads and writes results
	 * @param failures what follows from a failure
	 * @param clock times the handlers, and is what they mean by the time
	 */
	public HandlerRunner(Supplier<HandlerRegistry> handlers, PayloadCodec codec, FailurePolicy failures,
			EngineClock clock) {
		this.handlers = handlers;
		this.codec = codec;
		this.failures = failures;
		this.clock = clock;
	}

	Execution.Ending run(Job job, JobContext context) {
		try {
			return attempt(job, context);
		}
		catch (Throwable ex) {
			// Neither the handler nor its policy, but something between them. Neither
			// the job nor its slot must suffer for it.
			return new Execution.Ending(job.isLastAttempt() ? new Outcome.Dead(DeadReason.EXHAUSTED, JobError.of(ex))
					: new Outcome.Retry(AFTER_THE_UNFORESEEN, JobError.of(ex)), null);
		}
	}

	private Execution.Ending attempt(Job job, JobContext context) {
		HandlerDefinition handler = this.handlers.get().find(job.spec().type()).orElse(null);
		if (handler == null) {
			return new Execution.Ending(NO_HANDLER, null);
		}
		Object payload;
		try {
			payload = handler.read(job.spec().payload(), this.codec);
		}
		catch (PayloadException ex) {
			return new Execution.Ending(new Outcome.Dead(DeadReason.UNDECODABLE, JobError.of(ex)), null);
		}
		long startedAt = this.clock.nanoTime();
		Outcome outcome = invoke(handler, payload, context);
		return new Execution.Ending(outcome, Duration.ofNanos(this.clock.nanoTime() - startedAt));
	}

	private Outcome invoke(HandlerDefinition handler, @Nullable Object payload, JobContext context) {
		try {
			return outcomeOf(handler.invoker().invoke(payload, context), handler, context.job());
		}
		catch (Throwable ex) {
			return failed(ex, handler, context.job());
		}
	}

	private Outcome outcomeOf(@Nullable Object answer, HandlerDefinition handler, Job job) {
		return (answer instanceof JobOutcome outcome) ? asTold(outcome, handler, job)
				: new Outcome.Succeeded(resultOf(answer));
	}

	private Outcome asTold(JobOutcome told, HandlerDefinition handler, Job job) {
		if (told instanceof JobOutcome.Snooze snooze) {
			return new Outcome.Released(ReleaseReason.SNOOZE, snooze.delay());
		}
		if (told instanceof JobOutcome.Nack nack) {
			return new Outcome.Released(ReleaseReason.NACK, nack.delay());
		}
		if (told instanceof JobOutcome.Cancel cancel) {
			return new Outcome.Cancelled(cancel.reason());
		}
		if (told instanceof JobOutcome.RetryAt retry) {
			return retryAt(retry, job);
		}
		JobOutcome.Fail fail = (JobOutcome.Fail) told;
		return failed(new QException(fail.reason(), fail.cause()), handler, job);
	}

	private Outcome retryAt(JobOutcome.RetryAt retry, Job job) {
		JobError error = JobError.of(new QException(retry.reason(), null));
		if (job.isLastAttempt()) {
			return new Outcome.Dead(DeadReason.EXHAUSTED, error);
		}
		Duration delay = Duration.between(this.clock.instant(), retry.instant());
		return new Outcome.Retry(delay.isNegative() ? Duration.ZERO : delay, error);
	}

	private Outcome failed(Throwable failure, HandlerDefinition handler, Job job) {
		return this.failures.outcomeOf(failure, job, handler.options().get(JobOption.RETRY).orElse(null));
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
			return (payload.size() <= MAX_RESULT) ? new StoredResult.Value(payload) : new StoredResult.Omitted(
					"The result has %d bytes, more than the %d that are kept".formatted(payload.size(), MAX_RESULT));
		}
		catch (Throwable ex) {
			return new StoredResult.Omitted("The result could not be encoded: " + JobError.of(ex).summary());
		}
	}

}
