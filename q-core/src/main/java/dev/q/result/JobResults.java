package dev.q.result;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * Reads what became of jobs, waits for it, and deletes it. Safe for use by many threads.
 *
 * <p>
 * A method that is given the queue of a job asks that queue alone; one that is given the
 * id only asks all queues that the store knows.
 *
 * <p>
 * Whoever waits hears of the end of a job that runs in this process by its event, also if
 * no record of it is kept. Of other jobs he is told by the process that ends them, and
 * reads the rest in the store; if no record is kept, the answer is how the job ended,
 * without its result, its failure or the reason of a cancel. Such a message may be lost,
 * above all while connections are broken or if the job ends within the first milliseconds
 * of the wait, and stores that only look now and then send none. Then looks at the store
 * find the end, between a few milliseconds and one second apart: if no record is kept,
 * all that can be seen is that the job is gone, and the answer is
 * {@link JobResult.NotFound} or {@link JobResult.TrackingDisabled}. One who waits in the
 * transaction in which the job was enqueued sees no job either. A handler that waits for
 * another job keeps its slot meanwhile: if all slots wait, nothing runs.
 *
 * @since 0.1
 */
public interface JobResults {

	/**
	 * How a job stands, or how it ended.
	 * @param <T> what its handler returns
	 * @param id which job
	 * @param type what the result is read as
	 * @return the result
	 * @throws UnreadableResultException if the result is not of that class
	 */
	<T> JobResult<T> get(JobId id, Class<T> type);

	/**
	 * How a job of a queue stands, or how it ended.
	 * @param <T> what its handler returns
	 * @param queue the queue of the job
	 * @param id which job
	 * @param type what the result is read as
	 * @return the result
	 * @throws UnreadableResultException if the result is not of that class
	 */
	<T> JobResult<T> get(QueueName queue, JobId id, Class<T> type);

	/**
	 * Waits until a job has ended.
	 * @param <T> what its handler returns
	 * @param id which job
	 * @param type what the result is read as
	 * @param timeout how long to wait at most
	 * @return how it ended; never pending or running
	 * @throws AwaitTimeoutException if it has not ended by then
	 * @throws UnreadableResultException if the result is not of that class
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	<T> JobResult<T> await(JobId id, Class<T> type, Duration timeout) throws InterruptedException;

	/**
	 * Waits until a job of a queue has ended.
	 * @param <T> what its handler returns
	 * @param queue the queue of the job
	 * @param id which job
	 * @param type what the result is read as
	 * @param timeout how long to wait at most
	 * @return how it ended; never pending or running
	 * @throws AwaitTimeoutException if it has not ended by then
	 * @throws UnreadableResultException if the result is not of that class
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	<T> JobResult<T> await(QueueName queue, JobId id, Class<T> type, Duration timeout) throws InterruptedException;

	/**
	 * Tells when a job of a queue has ended, without a thread that waits. Cancel the
	 * answer, or give it a timeout, if it is not wanted for ever. What follows on it runs
	 * on the one thread that all answers come from, so whatever takes long belongs
	 * elsewhere.
	 * @param <T> what its handler returns
	 * @param queue the queue of the job
	 * @param id which job
	 * @param type what the result is read as
	 * @return how it ended, when it has
	 */
	<T> CompletableFuture<JobResult<T>> whenEnded(QueueName queue, JobId id, Class<T> type);

	/**
	 * A view whose reader takes the result of a job that has ended away with it: of all
	 * who read it, one gets it, and the others are told that there is no such job. If the
	 * store fails meanwhile, nobody may get it. Deleted with the result is all that is
	 * known of the job, so its id is as good as new, and a dead job cannot be brought
	 * back any more. One that was brought back meanwhile is left alone: {@code await}
	 * goes on waiting, and {@code whenEnded} tells how it stands then.
	 * @return the view; these results stay as they are
	 */
	JobResults readOnce();

	/**
	 * Deletes what is kept of jobs that have ended. Others stay as they are.
	 * @param ids which jobs
	 * @return how many were deleted
	 */
	int clear(Collection<JobId> ids);

	/**
	 * Deletes what is kept of all jobs of a queue that have ended, in bounded steps. With
	 * it goes whatever is dead.
	 * @param queue which queue
	 * @return how many were deleted
	 */
	int clear(QueueName queue);

	/**
	 * Deletes what is kept of all jobs that have ended, in bounded steps. With it goes
	 * whatever is dead.
	 * @return how many were deleted
	 */
	int clear();

}
