package dev.q.store;

import dev.q.job.Job;

/**
 * A job that is leased.
 *
 * @param job the job, {@code RUNNING}, this delivery counted
 * @param lease the right to work it
 * @since 0.1
 */
public record ClaimedJob(Job job, Lease lease) {
}
