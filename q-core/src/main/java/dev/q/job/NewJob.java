package dev.q.job;

/**
 * A job about to be stored.
 *
 * @param id made by the producer
 * @param spec what the job is
 * @param due when it is to become ready
 * @since 0.1
 */
public record NewJob(JobId id, JobSpec spec, Due due) {
}
