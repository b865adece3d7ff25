/**
 * When a failed job is tried again, and whether at all. The back-offs that have a name,
 * the text in which users ask for them, and the one place where a failure becomes an
 * outcome.
 *
 * <p>
 * A retry policy is user input twice over: as a text that came with a stored job, perhaps
 * from a producer that knows policies which this worker does not, and as code of the
 * application. Neither may cost a job. What cannot be read, throws, or answers nonsense
 * is said once in the log, and the default policy decides in its place.
 */
@NullMarked
package dev.q.retry;

import org.jspecify.annotations.NullMarked;
