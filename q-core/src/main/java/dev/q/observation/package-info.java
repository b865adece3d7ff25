/**
 * Observations of Micrometer: one around each call that enqueues, one around each call of
 * a handler. {@link dev.q.observation.JobObservation} names them.
 *
 * <p>
 * Where a tracer listens, the first one writes its context, as W3C's {@code traceparent},
 * into the headers of all jobs of the call, and the second one reads it there: the span
 * of the handler is a child of the span of the call, in whatever process it runs and
 * however often it is tried. Without a tracer the headers stay as they are.
 */
@NullMarked
package dev.q.observation;

import org.jspecify.annotations.NullMarked;
