/**
 * Services that repeat one step for as long as they live, and the threads on which they
 * do: real ones, or in tests a hand that turns the crank.
 */
@NullMarked
package dev.q.loop;

import org.jspecify.annotations.NullMarked;
