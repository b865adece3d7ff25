/**
 * Stores jobs from the outside: one, or one for each line of an input of any length.
 */
@NullMarked
package dev.q.cli.enqueue;

import org.jspecify.annotations.NullMarked;
