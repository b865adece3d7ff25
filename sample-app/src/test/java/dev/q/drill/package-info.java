/**
 * What is put beside the packaged sample so that a test in another process can hold its
 * jobs and watch them.
 */
@NullMarked
package dev.q.drill;

import org.jspecify.annotations.NullMarked;
