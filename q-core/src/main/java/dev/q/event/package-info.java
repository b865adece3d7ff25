/**
 * What happens to jobs, told to those who measure or react. Listeners hear of a step
 * after it is done, on the thread that did it, and cannot change it: one that throws is
 * said to be broken once in the log, and the others and the job go on.
 */
@NullMarked
package dev.q.event;

import org.jspecify.annotations.NullMarked;
