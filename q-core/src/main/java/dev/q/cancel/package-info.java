/**
 * Calling jobs off from outside, so that this process hears of it.
 */
@NullMarked
package dev.q.cancel;

import org.jspecify.annotations.NullMarked;
