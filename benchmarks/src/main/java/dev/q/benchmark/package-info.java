/**
 * What Q costs: benchmarks for JMH, and a few programs for what JMH cannot measure. All
 * of them run {@code q-core} as it is shipped, without Spring, and print where they
 * deviate.
 */
@NullMarked
package dev.q.benchmark;

import org.jspecify.annotations.NullMarked;
