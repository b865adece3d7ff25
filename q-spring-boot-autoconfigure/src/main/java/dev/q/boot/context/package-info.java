/**
 * What jobs take along from the threads that enqueue them.
 */
@NullMarked
package dev.q.boot.context;

import org.jspecify.annotations.NullMarked;
