/**
 * Random sequences of steps, after each of which a store and the model must agree.
 */
@NullMarked
package dev.q.test.fuzz;

import org.jspecify.annotations.NullMarked;
