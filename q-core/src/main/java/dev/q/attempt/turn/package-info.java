/**
 * Handlers of which only so many attempts may run at once in this process. An attempt
 * waits for its turn on the thread and in the slot that it has, first come, first served.
 */
@NullMarked
package dev.q.attempt.turn;

import org.jspecify.annotations.NullMarked;
