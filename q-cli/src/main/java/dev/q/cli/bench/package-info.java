/**
 * Measures a store with jobs that do nothing. They have a queue, a worker and a
 * housekeeper of their own, so that jobs of others are neither worked nor kept in order
 * by the way.
 */
@NullMarked
package dev.q.cli.bench;

import org.jspecify.annotations.NullMarked;
