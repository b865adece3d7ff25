/**
 * Random sequences of steps, after each of which a store on a server and the one in
 * memory must agree.
 */
@NullMarked
package dev.q.test.fuzz;

import org.jspecify.annotations.NullMarked;
