/**
 * What became of each attempt of a job: for people who ask why it is where it is.
 */
@NullMarked
package dev.q.job.history;

import org.jspecify.annotations.NullMarked;
