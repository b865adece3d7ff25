/**
 * What Q measures, for the application's Micrometer.
 */
@NullMarked
package dev.q.boot.metrics;

import org.jspecify.annotations.NullMarked;
