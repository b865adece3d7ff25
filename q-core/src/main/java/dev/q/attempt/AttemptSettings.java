package dev.q.attempt;

import java.time.Duration;

import dev.q.store.Retention;

/**
 * How attempts are looked after.
 *
 * @param usualLease how long a claim holds without renewal, for jobs that do not say so
 * themselves
 * @param timeoutGrace how long a handler whose time is up may go on after its interrupt,
 * until its thread is given up
 * @param retention how long finished jobs are kept
 * @since 0.1
 */
public record AttemptSettings(Duration usualLease, Duration timeoutGrace, Retention retention) {
}
