/**
 * Orders in a database, and jobs that are stored in the same transaction or not at all.
 */
@NullMarked
package dev.q.sample.orders;

import org.jspecify.annotations.NullMarked;
