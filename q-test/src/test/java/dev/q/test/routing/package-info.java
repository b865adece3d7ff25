/**
 * Several stores behind one, held to the contract of each of them.
 */
@NullMarked
package dev.q.test.routing;

import org.jspecify.annotations.NullMarked;
