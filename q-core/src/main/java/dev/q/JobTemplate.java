package dev.q;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.result.JobResult;
import dev.q.result.JobResults;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues jobs, and finds them again. Safe for use by many threads.
 *
 * <p>
 * When an enqueue returns, the job is stored as safely as the store and its
 * {@link dev.q.job.Durability} make it. When it throws a {@link JobRejectedException}
 * nothing was stored for the jobs that the exception names. When it throws a
 * {@link NotReplicatedException} all is stored, with fewer copies than were asked for.
 * After any other exception of the store the outcome is unknown, and the same request
 * with the same id may be sent again: as long as the first one lives or is retained, the
 * second is a duplicate. After that it would run again.
 *
 * <p>
 * In a Spring transaction a job is not there before the commit, and never after a
 * rollback, be it to a savepoint, unless {@link JobOptions#transaction} says otherwise.
 * {@code find} knows nothing of the job until then. If the store keeps its jobs in the
 * database of the transaction, the job is stored in it, and the receipt says
 * {@link JobReceipt.Status#JOINED}. A refusal leaves the transaction usable; one that is
 * read-only refuses the job. To enqueue into a bounded queue, or with a unique key, waits
 * for other transactions that have done the same and are not over.
 *
 * <p>
 * If the store cannot join the transaction, the receipt says
 * {@link JobReceipt.Status#DEFERRED}; if the job cannot be stored after the commit,
 * whoever ended the transaction gets a {@link JobsNotStoredException}, or a
 * {@link NotReplicatedException} if all jobs are stored and some lack copies. A process
 * that dies between commit and storing loses the job.
 *
 * <p>
 * Threads that enqueue single jobs at the same time, outside of transactions, may share a
 * call of the store, if it gains by that: then an enqueue waits for the call that is
 * under way and its own. Each job is stored, refused and reported for itself. An
 * interrupt does not end that wait; the flag stays set.
 *
 * @since 0.1
 */
public interface JobTemplate {

	/**
	 * Enqueues a job. Its type is that of the {@link JobType} on the payload's class, or
	 * else that of the one known handler of such payloads.
	 * @param payload what the handler is given
	 * @return the job's id and what became of it
	 * @throws UnknownJobTypeException if no type or more than one fits the payload
	 * @throws JobRejectedException if the queue is full or paused, or an option cannot be
	 * granted
	 * @throws NotReplicatedException if the job is stored, but has too few copies
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large
	 */
	JobReceipt enqueue(Object payload);

	/**
	 * Enqueues a job of a type whose handler need not be known here.
	 * @param type wire name of the type
	 * @param payload what the handler is given: encoded as JSON, stored unchanged if it
	 * is a {@code byte[]}, or null for a handler that takes none
	 * @return the job's id and what became of it
	 * @throws JobRejectedException if the queue is full or paused, or an option cannot be
	 * granted
	 * @throws NotReplicatedException if the job is stored, but has too few copies
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large
	 */
	JobReceipt enqueue(String type, @Nullable Object payload);

	/**
	 * Enqueues a job with all its options.
	 * @param request what to run and how
	 * @return the job's id and what became of it
	 * @throws UnknownJobTypeException if the request names neither a type nor a handler,
	 * and no type or more than one fits its payload
	 * @throws InvalidHandlerReferenceException if it refers to what is no handler, or the
	 * payload does not go with the handler
	 * @throws JobRejectedException if the queue is full or paused, or an option cannot be
	 * granted
	 * @throws NotReplicatedException if the job is stored, but has too few copies
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large
	 */
	JobReceipt enqueue(JobRequest request);

	/**
	 * Enqueues a job for a handler, such as {@code Mailer::welcome}. Does what
	 * {@link #enqueue(JobRequest)} does.
	 * @param <B> class of the handler
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the job's id and what became of it
	 */
	default <B, P> JobReceipt enqueue(HandlerReference.OfBean<B, P> handler, @Nullable P payload) {
		return enqueue(JobRequest.of(handler, payload));
	}

	/**
	 * Enqueues a job for a handler that takes a context too. Does what
	 * {@link #enqueue(JobRequest)} does.
	 * @param <B> class of the handler
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the job's id and what became of it
	 */
	default <B, P> JobReceipt enqueue(HandlerReference.OfBeanWithContext<B, P> handler, @Nullable P payload) {
		return enqueue(JobRequest.of(handler, payload));
	}

	/**
	 * Enqueues a job for a handler that is static or of an object. Does what
	 * {@link #enqueue(JobRequest)} does.
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the job's id and what became of it
	 */
	default <P> JobReceipt enqueue(HandlerReference.Direct<P> handler, @Nullable P payload) {
		return enqueue(JobRequest.of(handler, payload));
	}

	/**
	 * Enqueues a job for a handler that is static or of an object and takes a context
	 * too. Does what {@link #enqueue(JobRequest)} does.
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the job's id and what became of it
	 */
	default <P> JobReceipt enqueue(HandlerReference.DirectWithContext<P> handler, @Nullable P payload) {
		return enqueue(JobRequest.of(handler, payload));
	}

	/**
	 * Enqueues a job for a handler that takes no payload. Does what
	 * {@link #enqueue(JobRequest)} does.
	 * @param <B> class of the handler
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the job's id and what became of it
	 */
	default <B> JobReceipt enqueue(HandlerReference.Bare<B> handler) {
		return enqueue(JobRequest.of(handler));
	}

	/**
	 * Enqueues a job for a handler that takes a context alone. Does what
	 * {@link #enqueue(JobRequest)} does.
	 * @param <B> class of the handler
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the job's id and what became of it
	 */
	default <B> JobReceipt enqueue(HandlerReference.BareWithContext<B> handler) {
		return enqueue(JobRequest.of(handler));
	}

	/**
	 * Enqueues a job for a handler that takes nothing and is static or of an object. Does
	 * what {@link #enqueue(JobRequest)} does.
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the job's id and what became of it
	 */
	default JobReceipt enqueue(HandlerReference.DirectBare handler) {
		return enqueue(JobRequest.of(handler));
	}

	/**
	 * Enqueues jobs in as few steps as the store allows. They are checked before any is
	 * stored. What goes to one queue is stored in chunks of 1 000, in the order given, or
	 * fewer if their payloads come to 8 MiB; a chunk is stored or refused as a whole.
	 * @param requests what to run and how; may be empty
	 * @return a receipt for each request, in their order
	 * @throws JobRejectedException if a chunk was refused: it says which jobs are stored
	 * and which are not
	 * @throws NotReplicatedException if none was refused, but some jobs have too few
	 * copies; it holds the receipts of all
	 */
	List<JobReceipt> enqueueAll(Collection<JobRequest> requests);

	/**
	 * A view of this template whose jobs have options of their own. What a request says
	 * itself goes first.
	 * @param options options for each job that is enqueued through the view
	 * @return the view; this template stays as it is
	 */
	JobTemplate with(JobOptions options);

	/**
	 * Finds a job of which only the id is known. All queues that the store knows are
	 * asked, so the cost grows with their number; {@link #find(JobReceipt)} and
	 * {@link #findAll} ask one queue, and cost the same however many there are.
	 * @param id which job
	 * @return the job, or empty if it is not known or not retained any more
	 */
	Optional<JobDetails> find(JobId id);

	/**
	 * Finds the job of a receipt, in the queue that the receipt names.
	 * @param receipt what {@code enqueue} answered
	 * @return the job, or empty if it is not stored yet or not retained any more
	 */
	Optional<JobDetails> find(JobReceipt receipt);

	/**
	 * Finds jobs of one queue in one step.
	 * @param queue name of the queue
	 * @param ids which jobs
	 * @return those that are known, in the order of the ids
	 */
	List<JobDetails> findAll(String queue, Collection<JobId> ids);

	/**
	 * Enqueues a job without waiting for the store. Bad input is reported at once, as
	 * {@link #enqueue(JobRequest)} does; what the store says comes with the future, and a
	 * process that dies before that may have lost the job. Jobs of one thread are stored
	 * in the order in which they were given, those of many together. At most 10 000 jobs
	 * or 64 MiB of payloads are on their way: what goes beyond is refused with a
	 * {@link JobRejectedException} in its future. What follows on a future runs on the
	 * one thread that all answers come from. In a transaction that the store cannot join
	 * the job is deferred as by {@code enqueue}, and the future is done at once.
	 * @param request what to run and how
	 * @return the receipt, or what {@code enqueue} would have thrown
	 * @throws UnsupportedJobOptionException in a transaction that the job would join,
	 * which only the thread of the transaction can do
	 */
	CompletableFuture<JobReceipt> enqueueAsync(JobRequest request);

	/**
	 * Results of jobs: how they ended, waiting for it, and deleting what is kept.
	 * @return the results of the store that this template enqueues into
	 */
	JobResults results();

	/**
	 * How the job of a receipt stands, or how it ended.
	 * @param <T> what its handler returns
	 * @param receipt what {@code enqueue} answered
	 * @param type what the result is read as
	 * @return the result
	 */
	default <T> JobResult<T> result(JobReceipt receipt, Class<T> type) {
		return results().get(receipt.queue(), receipt.id(), type);
	}

	/**
	 * How a job stands, or how it ended.
	 * @param <T> what its handler returns
	 * @param id which job
	 * @param type what the result is read as
	 * @return the result
	 */
	default <T> JobResult<T> result(JobId id, Class<T> type) {
		return results().get(id, type);
	}

	/**
	 * Waits until the job of a receipt has ended, once its transaction is committed.
	 * @param <T> what its handler returns
	 * @param receipt what {@code enqueue} answered
	 * @param type what the result is read as
	 * @param timeout how long to wait at most
	 * @return how it ended
	 * @throws dev.q.result.AwaitTimeoutException if it has not ended by then
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	default <T> JobResult<T> await(JobReceipt receipt, Class<T> type, Duration timeout) throws InterruptedException {
		return results().await(receipt.queue(), receipt.id(), type, timeout);
	}

	/**
	 * Waits until a job has ended, as {@link #await(JobReceipt, Class, Duration)} does.
	 * @param <T> what its handler returns
	 * @param id which job
	 * @param type what the result is read as
	 * @param timeout how long to wait at most
	 * @return how it ended
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	default <T> JobResult<T> await(JobId id, Class<T> type, Duration timeout) throws InterruptedException {
		return results().await(id, type, timeout);
	}

}
