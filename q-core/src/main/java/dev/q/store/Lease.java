package dev.q.store;

import java.time.Duration;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;

/**
 * The right to work a job, for a while.
 *
 * @param job which job
 * @param queue its queue, so that a store finds it without a look-up
 * @param token what the store compares; opaque to everybody else, and never the same
 * twice, so that whoever lost a lease cannot be taken for its new holder
 * @param worker who holds it
 * @param length how long it holds from the claim, and from each renewal
 * @since 0.1
 */
public record Lease(JobId job, QueueName queue, String token, WorkerId worker, Duration length) {
}
