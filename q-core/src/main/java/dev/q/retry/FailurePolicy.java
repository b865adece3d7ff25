package dev.q.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.JobRetryPolicy;
import dev.q.PermanentJobException;
import dev.q.UnknownJobTypeException;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobLimits;
import dev.q.job.Names;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes an outcome. A policy of the application that
 * fails, or a text that means nothing here, costs no job its outcome: it is logged once,
 * and the default policy decides. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class FailurePolicy {

	private static final Logger logger = LoggerFactory.getLogger(FailurePolicy.class);

	/** How long the jobs of a type that no worker knows are kept waiting for one. */
	public static final Duration UNKNOWN_TYPE_TIMEOUT = Duration.ofHours(24);

	private static final Outcome NO_HANDLER = new Outcome.Released(ReleaseReason.NO_HANDLER, Duration.ofSeconds(10));

	private static final int MAX_REMEMBERED = 1000;

	private final RetryPolicies policies;

	private final JobRetryPolicy fallback;

	private final Duration unknownTypeTimeout;

	private final Set<String> complained = ConcurrentHashMap.newKeySet();

	/**
	 * Makes the policy of a worker that waits {@link #UNKNOWN_TYPE_TIMEOUT} for handlers.
	 * @param policies what the texts of jobs and handlers mean
	 * @param fallback the policy of jobs for which nobody says anything, and of those
	 * whose own policy fails
	 */
	public FailurePolicy(RetryPolicies policies, JobRetryPolicy fallback) {
		this(policies, fallback, UNKNOWN_TYPE_TIMEOUT);
	}

	/**
	 * Makes the policy of a worker.
	 * @param policies what the texts of jobs and handlers mean
	 * @param fallback the policy of jobs for which nobody says anything, and of those
	 * whose own policy fails
	 * @param unknownTypeTimeout after which time a job is dead whose type no worker knew
	 * that claimed it, from the first such claim on; more than zero
	 */
	public FailurePolicy(RetryPolicies policies, JobRetryPolicy fallback, Duration unknownTypeTimeout) {
		this.policies = policies;
		this.fallback = fallback;
		this.unknownTypeTimeout = JobLimits.requirePositive("The timeout of unknown types", unknownTypeTimeout);
	}

	/**
	 * What becomes of an attempt that failed.
	 * @param failure what was thrown
	 * @param job the job as it was claimed, this failure not counted yet
	 * @param handler what its handler says
	 * @return dead if the failure is permanent, if it was the last attempt or if there
	 * may be only one; else another attempt after the delay of the job's own policy, its
	 * handler's, or the fallback
	 */
	public Outcome outcomeOf(Throwable failure, Job job, HandlerRetry handler) {
		JobError error = JobError.of(failure);
		if (failure instanceof PermanentJobException || !handler.allowsRetryAfter(failure)) {
			return new Outcome.Dead(DeadReason.PERMANENT, error);
		}
		if (job.isLastAttempt()) {
			return new Outcome.Dead(DeadReason.EXHAUSTED, error);
		}
		String text = (job.spec().retry() != null) ? job.spec().retry() : handler.policy();
		return new Outcome.Retry(delay(text, job.attempt(), failure), error);
	}

	/**
	 * What becomes of a job whose type no handler here runs.
	 * @param job the job as it was claimed
	 * @return handed back for ten seconds, for another worker may know the type; dead
	 * when that has gone on for too long by the store's clock
	 */
	public Outcome outcomeWithoutHandler(Job job) {
		Instant since = job.times().unhandledSince();
		Instant now = job.times().startedAt();
		if (since == null || now == null || Duration.between(since, now).compareTo(this.unknownTypeTimeout) < 0) {
			return NO_HANDLER;
		}
		return new Outcome.Dead(DeadReason.NO_HANDLER,
				JobError.of(UnknownJobTypeException.class.getName(),
						"No worker that claimed the job since %s knew a handler of type %s".formatted(since,
								job.spec().type())));
	}

	private Duration delay(@Nullable String text, int failures, Throwable failure) {
		Duration asked = (text != null) ? ask(text, () -> this.policies.parse(text).delayAfter(failures, failure))
				: null;
		if (asked == null) {
			asked = ask("(default)", () -> this.fallback.delayAfter(failures, failure));
		}
		return (asked != null) ? asked : this.policies.standard().delayAfter(failures, failure);
	}

	/**
	 * Whatever goes wrong in a policy must not cost the job its outcome. That holds for
	 * errors of its code too; what means a broken JVM is for the engine to deal with.
	 */
	private @Nullable Duration ask(String text, Question question) {
		try {
			Duration delay = question.answer();
			if (delay != null && !delay.isNegative()) {
				return Delay.atMostLongest(delay);
			}
			complain(text, new IllegalStateException("It answered " + delay + ", which is no delay"));
		}
		catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
			complain(text, ex);
		}
		return null;
	}

	private void complain(String text, Throwable reason) {
		if (this.complained.size() < MAX_REMEMBERED && this.complained.add(text)) {
			logger.warn("Retry policy {} cannot be used here. Jobs that ask for it are retried by the default policy",
					Names.quoted(text), reason);
		}
	}

	/**
	 * A call of a policy. A policy that the application wrote may answer null.
	 */
	private interface Question {

		@Nullable Duration answer();

	}

}
