/**
 * Finding files and reading what they are. Knows nothing of jobs.
 */
@NullMarked
package dev.q.sample.files;

import org.jspecify.annotations.NullMarked;
