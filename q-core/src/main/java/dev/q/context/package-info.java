/**
 * What a job takes along from the thread that enqueues it to the thread of its handler.
 */
@NullMarked
package dev.q.context;

import org.jspecify.annotations.NullMarked;
