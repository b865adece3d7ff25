/**
 * A small application that shows how Q is used.
 */
@NullMarked
package dev.q.sample;

import org.jspecify.annotations.NullMarked;
