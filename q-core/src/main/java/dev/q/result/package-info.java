/**
 * What became of jobs: {@code JobResult} says how a job stands or how it ended, and
 * {@code JobResults} reads that, waits for it and clears it.
 */
@NullMarked
package dev.q.result;

import org.jspecify.annotations.NullMarked;
