package dev.q.store;

import dev.q.job.Outcome;

/**
 * The end of a claim.
 *
 * @param lease the right to settle
 * @param outcome what became of the attempt
 * @since 0.1
 */
public record Settlement(Lease lease, Outcome outcome) {
}
