/**
 * Which method runs which type of job. Annotated methods are read and checked once, when
 * the application starts; what is wrong with one is said then, by the name of the method.
 * From there on only {@link dev.q.handler.HandlerDefinition}s are spoken of, and nothing
 * is looked up by reflection for a job.
 */
@NullMarked
package dev.q.handler;

import org.jspecify.annotations.NullMarked;
