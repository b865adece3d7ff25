package dev.q.attempt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.q.JobOption;
import dev.q.JobOutcome;
import dev.q.JobOutcomeException;
import dev.q.JobTimeoutException;
import dev.q.PermanentJobException;
import dev.q.attempt.turn.HandlerTurns;
import dev.q.attempt.turn.Turn;
import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.InvalidHandlerException;
import dev.q.hook.HandlerChain;
import dev.q.hook.JobInterceptor;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.retry.FailurePolicy;
import dev.q.retry.HandlerRetry;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a job, reads the payload, calls the handler and turns whatever
 * happens into an {@link Outcome}. Throws nothing. Of a handler that has a limit only so
 * many attempts run at once in all engines of this runner; the others wait. Safe for use
 * by many threads.
 *
 * @since 0.1
 */
public final class HandlerRunner {

	/** Most bytes that a result may have to be stored. */
	public static final int MAX_RESULT = 256 * 1024;

	private static final Duration AFTER_THE_UNFORESEEN = Duration.ofMinutes(1);

	private final Supplier<HandlerRegistry> handlers;

	private final PayloadCodec codec;

	private final FailurePolicy failures;

	private final Judge judge;

	private final EngineClock clock;

	private final InTransaction transactions;

	private final HandlerChain chain;

	private final HandlerTurns turns = new HandlerTurns();

	/**
	 * Makes a runner whose handlers take part in no transactions.
	 * @param handlers which handler runs which type; asked for each job
	 * @param codec reads payloads and writes results
	 * @param failures what follows from a failure
	 * @param clock times the handlers, and is what they mean by the time
	 */
	public HandlerRunner(Supplier<HandlerRegistry> handlers, PayloadCodec codec, FailurePolicy failures,
			EngineClock clock) {
		this(handlers, codec, failures, clock, HandlerTransactions.NONE);
	}

	/**
	 * Makes a runner whose handlers nobody stands around.
	 * @param handlers which handler runs which type; asked for each job
	 * @param codec reads payloads and writes results
	 * @param failures what follows from a failure
	 * @param clock times the handlers, and is what they mean by the time
	 * @param transactions in which handlers run and settle their jobs
	 */
	public HandlerRunner(Supplier<HandlerRegistry> handlers, PayloadCodec codec, FailurePolicy failures,
			EngineClock clock, HandlerTransactions transactions) {
		this(handlers, codec, failures, clock, transactions, List.of());
	}

	/**
	 * Makes a runner.
	 * @param handlers which handler runs which type; asked for each job
	 * @param codec reads payloads and writes results
	 * @param failures what follows from a failure
	 * @param clock times the handlers, and is what they mean by the time
	 * @param transactions in which handlers run and settle their jobs
	 * @param interceptors who stands around the handlers, the first one outermost
	 */
	public HandlerRunner(Supplier<HandlerRegistry> handlers, PayloadCodec codec, FailurePolicy failures,
			EngineClock clock, HandlerTransactions transactions, List<JobInterceptor> interceptors) {
		this.handlers = handlers;
		this.codec = codec;
		this.failures = failures;
		this.judge = new Judge(codec, failures, clock);
		this.clock = clock;
		this.transactions = new InTransaction(transactions, clock);
		this.chain = new HandlerChain(interceptors);
	}

	/**
	 * Makes sure that the transactions can be had that handlers ask for.
	 * @throws InvalidHandlerException if a handler is to run in a transaction and cannot
	 */
	public void requireTransactions() {
		this.handlers.get()
			.definitions()
			.stream()
			.filter(HandlerDefinition::transactional)
			.collect(Collectors.toMap(HandlerRunner::queueOf, (handler) -> handler, (one, another) -> one))
			.forEach(this::requireTransactions);
	}

	private static QueueName queueOf(HandlerDefinition handler) {
		return handler.options().get(JobOption.QUEUE).orElse(QueueName.DEFAULT);
	}

	private void requireTransactions(QueueName queue, HandlerDefinition handler) {
		try {
			this.transactions.requireUsable(queue);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerException(handler.origin(), "transactional: " + ex.getMessage(), ex);
		}
	}

	Execution.Ending run(Execution execution) {
		Job job = execution.job();
		try {
			return attempt(job, execution);
		}
		catch (Throwable ex) {
			execution.end().failedBy(ex);
			// Neither the handler nor its policy, but something between them. Neither
			// the job nor its slot must suffer for it.
			return new Execution.Ending(afterTheUnforeseen(ex, job), null);
		}
	}

	/**
	 * What becomes of a job whose handler does not come back.
	 */
	Execution.Ending timedOut(Execution execution, TimeLimit limit, StackTraceElement[] stack) {
		JobTimeoutException failure = new JobTimeoutException(limit.timeout(), stack);
		execution.end().failedBy(failure);
		limit.turn().end();
		return new Execution.Ending(outcomeOf(failure, limit, execution.job()), limit.runTime(this.clock.nanoTime()));
	}

	/**
	 * Settles a job as done in the transaction of the calling thread.
	 * @param result what it leaves behind, or null
	 */
	void complete(Execution execution, @Nullable Object result) {
		this.transactions.settle(execution, this.judge.succeeded(result));
	}

	/**
	 * What is wrong with the JVM, so far as handlers have met it.
	 */
	Optional<String> damage() {
		return this.judge.damage();
	}

	private Outcome outcomeOf(JobTimeoutException failure, TimeLimit limit, Job job) {
		try {
			return this.judge.threw(failure, limit.handler().retry(), job);
		}
		catch (Throwable ex) {
			// The attempt has ended: unless that is recorded, the job hangs for ever.
			return afterTheUnforeseen(ex, job);
		}
	}

	private Outcome afterTheUnforeseen(Throwable failure, Job job) {
		this.judge.note(failure);
		JobError error = JobError.of(failure);
		return job.isLastAttempt() ? new Outcome.Dead(DeadReason.EXHAUSTED, error)
				: new Outcome.Retry(AFTER_THE_UNFORESEEN, error);
	}

	/**
	 * Has attempts that wait for their turn ask whether they still need to.
	 */
	void lookAgain() {
		this.turns.lookAgain();
	}

	private Execution.Ending attempt(Job job, Execution execution) {
		HandlerDefinition handler = this.handlers.get().find(job.spec().type()).orElse(null);
		if (handler == null) {
			return new Execution.Ending(this.failures.outcomeWithoutHandler(job), null);
		}
		// Before the attempt begins: a job whose turn has not come was not started.
		@Nullable Turn turn = (handler.concurrency() > 0)
				? this.turns.take(handler.type(), handler.concurrency(), execution::shouldStop) : Turn.FREE;
		if (turn == null) {
			return Execution.Ending.HANDED_BACK;
		}
		try {
			return attempt(handler, turn, execution);
		}
		finally {
			turn.end();
		}
	}

	private Execution.Ending attempt(HandlerDefinition handler, Turn turn, Execution execution) {
		Job job = execution.job();
		long startedAt = this.clock.nanoTime();
		if (!execution.end().begin(startedAt)) {
			return Execution.Ending.HANDED_BACK;
		}
		Duration timeout = handler.timeoutOf(job.spec());
		if (timeout != null) {
			execution.limitTo(new TimeLimit(handler, turn, timeout, startedAt, this.clock.instant()));
		}
		Object payload;
		try {
			payload = handler.read(job.spec().payload(), this.codec);
		}
		catch (PayloadException ex) {
			execution.end().failedBy(ex);
			return new Execution.Ending(new Outcome.Dead(DeadReason.UNDECODABLE, JobError.of(ex)), null);
		}
		Outcome outcome = invoke(handler, payload, execution);
		return new Execution.Ending(outcome, Duration.ofNanos(this.clock.nanoTime() - startedAt));
	}

	private Outcome invoke(HandlerDefinition handler, @Nullable Object payload, Execution execution) {
		try {
			return handler.transactional()
					? this.transactions.run(execution, () -> callInTransaction(handler, payload, execution))
					: call(handler, payload, execution);
		}
		catch (Throwable ex) {
			this.judge.note(ex);
			Throwable failure = meantBy(ex, execution);
			execution.end().failedBy(failure);
			return this.judge.threw(failure, retry(handler, execution), execution.job());
		}
	}

	private Outcome call(HandlerDefinition handler, @Nullable Object payload, Execution execution) throws Exception {
		Object answer = this.chain.call(handler.invoker(), payload, execution);
		if (answer instanceof JobOutcome.Fail || answer instanceof JobOutcome.RetryAt) {
			execution.end().failedBy(((JobOutcome) answer).toException());
		}
		return this.judge.returned(answer, retry(handler, execution), execution.job());
	}

	/**
	 * What a handler says of a failure rolls its transaction back as if it had thrown it.
	 */
	private Outcome callInTransaction(HandlerDefinition handler, @Nullable Object payload, Execution execution)
			throws Exception {
		Object answer = this.chain.call(handler.invoker(), payload, execution);
		if (answer instanceof JobOutcome.Fail || answer instanceof JobOutcome.RetryAt) {
			throw ((JobOutcome) answer).toException();
		}
		return this.judge.returned(answer, retry(handler, execution), execution.job());
	}

	/**
	 * The classes of failures that a handler names are those of its own, and none is an
	 * interrupt by the engine.
	 */
	private static HandlerRetry retry(HandlerDefinition handler, Execution execution) {
		return execution.isInterruptedByEngine() ? handler.retry().afterAnyFailure() : handler.retry();
	}

	/**
	 * What a handler throws after its time is up comes from the interrupt, unless it says
	 * itself what becomes of its job.
	 */
	private static Throwable meantBy(Throwable thrown, Execution execution) {
		TimeLimit limit = execution.limit();
		boolean decided = thrown instanceof JobOutcomeException || thrown instanceof PermanentJobException;
		return (limit != null && limit.hasPassed() && !decided) ? new JobTimeoutException(limit.timeout(), thrown)
				: thrown;
	}

}
