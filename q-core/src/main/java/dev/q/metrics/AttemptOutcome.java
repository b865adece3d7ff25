package dev.q.metrics;

/**
 * What became of an attempt, as a tag says it.
 */
enum AttemptOutcome {

	SUCCEEDED, RETRIED, DEAD, CANCELLED, RELEASED

}
