/**
 * The application of the tour in README.md, so that what the tour shows is compiled and
 * run.
 */
@NullMarked
package dev.q.tour;

import org.jspecify.annotations.NullMarked;
