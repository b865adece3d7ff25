/**
 * Health of the worker.
 */
@NullMarked
package dev.q.boot.health;

import org.jspecify.annotations.NullMarked;
