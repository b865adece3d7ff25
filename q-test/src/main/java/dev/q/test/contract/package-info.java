/**
 * The contract that every job store keeps, as JUnit tests to inherit.
 */
@NullMarked
package dev.q.test.contract;

import org.jspecify.annotations.NullMarked;
