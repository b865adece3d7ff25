/**
 * The store contract, kept by the store in memory.
 */
@NullMarked
package dev.q.test.memory;

import org.jspecify.annotations.NullMarked;
