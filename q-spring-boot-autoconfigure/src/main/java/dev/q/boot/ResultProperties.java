package dev.q.boot;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How results of jobs are read.
 *
 * @param readOnce whether reading the result of a job that has ended deletes it, so that
 * one reader gets it
 * @since 0.1
 */
public record ResultProperties(@DefaultValue("false") boolean readOnce) {
}
