package dev.q.store;

import java.util.List;

import dev.q.job.Job;

/**
 * What has to be done to jobs from time to time. Every method does a bounded piece of
 * work and says how much; a full piece means that there may be more. All are safe on
 * several nodes at once: each job is moved by one of them.
 *
 * @since 0.1
 */
public interface MaintenanceStore {

	/**
	 * Makes jobs ready whose time has come, by due time and then by order of enqueue, at
	 * the end of their priority. Signals each queue once.
	 * @param limit most jobs to move, 1 or more
	 * @return how many were moved
	 */
	int promoteDue(int limit);

	/**
	 * Takes back jobs whose lease has run out. Each counts a crash, or a release if its
	 * worker is registered as {@link WorkerInfo.State#DRAINING}. A job that may start
	 * once is dead ({@code LOST}), whatever its worker was about; one that has crashed
	 * too often is dead ({@code CRASHED}), else one whose time is over has expired, else
	 * it goes before everything in its priority that was not claimed yet.
	 * @param limit most jobs to take back, 1 or more
	 * @return the jobs as they are now
	 */
	List<Job> recoverExpired(int limit);

	/**
	 * Ends jobs whose time to live or deadline has passed. A running one loses its lease.
	 * @param limit most jobs to end, 1 or more
	 * @return the jobs as they are now
	 */
	List<Job> expire(int limit);

	/**
	 * Deletes finished jobs that were kept long enough, and takes down which queues are
	 * empty: see {@link JobCatalog#queues}.
	 * @param retention how long that is
	 * @param limit most jobs to delete, 1 or more
	 * @return how many were deleted
	 */
	int purge(Retention retention, int limit);

}
