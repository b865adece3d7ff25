package dev.q.client.result;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.q.client.result.Wait.Sight;
import dev.q.client.result.Wait.Target;
import dev.q.codec.PayloadCodec;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.loop.IdleThread;
import dev.q.ports.EngineClock;
import dev.q.result.AwaitTimeoutException;
import dev.q.result.JobResult;
import dev.q.result.JobResults;
import dev.q.store.JobStore;
import dev.q.store.StoreException;

/**
 * The results of jobs in a store.
 *
 * @since 0.1
 */
public final class StoreResults implements JobResults, AutoCloseable {

	private static final Duration LONGEST = Duration.ofDays(36500);

	private final ResultReader reader;

	private final ResultRemoval removal;

	private final Waits waits;

	private final IdleThread looker;

	private final IdleThread answers;

	private final EngineClock clock;

	private final boolean isOwner;

	/**
	 * Makes results. Threads there are only while somebody waits.
	 * @param store where the jobs are
	 * @param codec reads what they left behind
	 * @param events which tell of jobs that end in this process
	 * @param settings how results are read
	 * @param clock times the looks at the store
	 */
	public StoreResults(JobStore store, PayloadCodec codec, JobEvents events, ResultSettings settings,
			EngineClock clock) {
		this.reader = new ResultReader(store, codec, settings);
		this.removal = new ResultRemoval(store);
		this.looker = new IdleThread("q-await");
		this.answers = new IdleThread("q-answers");
		this.waits = new Waits(store.catalog(), events, clock, this.looker);
		this.clock = clock;
		this.isOwner = true;
	}

	private StoreResults(StoreResults results, ResultReader reader) {
		this.reader = reader;
		this.removal = results.removal;
		this.looker = results.looker;
		this.answers = results.answers;
		this.waits = results.waits;
		this.clock = results.clock;
		this.isOwner = false;
	}

	@Override
	public <T> JobResult<T> get(JobId id, Class<T> type) {
		return this.reader.get(new Target(null, id), type);
	}

	@Override
	public <T> JobResult<T> get(QueueName queue, JobId id, Class<T> type) {
		return this.reader.get(new Target(queue, id), type);
	}

	@Override
	public <T> JobResult<T> await(JobId id, Class<T> type, Duration timeout) throws InterruptedException {
		return await(new Target(null, id), type, timeout);
	}

	@Override
	public <T> JobResult<T> await(QueueName queue, JobId id, Class<T> type, Duration timeout)
			throws InterruptedException {
		return await(new Target(queue, id), type, timeout);
	}

	private <T> JobResult<T> await(Target target, Class<T> type, Duration timeout) throws InterruptedException {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException(
					"A timeout must not be negative, but was %s. Wait for job %s for zero or longer".formatted(timeout,
							target.id()));
		}
		Duration span = (timeout.compareTo(LONGEST) < 0) ? timeout : LONGEST;
		long begin = this.clock.nanoTime();
		JobResult<T> result = awaitEnd(target, type, span);
		while (!result.hasEnded()) {
			// It had ended, and was brought back before its record could be taken.
			Duration left = span.minusNanos(this.clock.nanoTime() - begin);
			result = awaitEnd(target, type, left.isNegative() ? Duration.ZERO : left);
		}
		return result;
	}

	private <T> JobResult<T> awaitEnd(Target target, Class<T> type, Duration timeout) throws InterruptedException {
		Wait wait = this.waits.enter(target);
		try {
			this.waits.look(List.of(wait));
			if (!wait.end().isDone()) {
				this.waits.watch();
			}
			return this.reader.read(endOf(wait, timeout), target, type, () -> this.waits.take(wait));
		}
		finally {
			this.waits.leave(wait);
		}
	}

	private Optional<Ending> endOf(Wait wait, Duration timeout) throws InterruptedException {
		try {
			return wait.end().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			Sight sight = this.waits.sightOf(wait);
			throw new AwaitTimeoutException(wait.target().id(), timeout, sight.state(), sight.failure());
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new StoreException(String.valueOf(cause.getMessage()), cause);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	@Override
	public <T> CompletableFuture<JobResult<T>> whenEnded(QueueName queue, JobId id, Class<T> type) {
		Target target = new Target(queue, id);
		Wait wait = this.waits.enter(target);
		CompletableFuture<JobResult<T>> answer = wait.end()
			.thenApplyAsync((end) -> this.reader.read(end, target, type, () -> this.waits.take(wait)), this.answers);
		answer.whenComplete((result, failure) -> this.waits.leave(wait));
		this.waits.watch();
		return answer;
	}

	@Override
	public JobResults readOnce() {
		return new StoreResults(this, this.reader.once());
	}

	@Override
	public int clear(Collection<JobId> ids) {
		return this.removal.clear(ids);
	}

	@Override
	public int clear(QueueName queue) {
		return this.removal.clear(queue);
	}

	@Override
	public int clear() {
		return this.removal.clear();
	}

	/**
	 * Sends away all who wait: they get a {@link StoreException}. Closing twice is
	 * harmless, and closing a view closes nothing.
	 */
	@Override
	public void close() {
		if (this.isOwner) {
			this.waits.close();
			this.looker.close();
			this.answers.close();
		}
	}

}
