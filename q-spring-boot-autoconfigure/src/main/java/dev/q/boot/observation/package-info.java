/**
 * What Q tells of its work to the application's observations, and by them to its tracer.
 */
@NullMarked
package dev.q.boot.observation;

import org.jspecify.annotations.NullMarked;
