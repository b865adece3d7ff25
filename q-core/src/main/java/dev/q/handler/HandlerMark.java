package dev.q.handler;

import dev.q.JobOptions;
import dev.q.job.TypeName;

/**
 * What a handler says of its jobs.
 *
 * @param type their type
 * @param options how they are run if their enqueue does not say otherwise
 * @since 0.1
 */
public record HandlerMark(TypeName type, JobOptions options) {
}
