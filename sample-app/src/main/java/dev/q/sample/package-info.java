/**
 * An application that uses Q: it indexes a directory of files. Start reading at
 * {@link dev.q.sample.SampleApplication} for the command, and at the package
 * {@code dev.q.sample.scan} for the jobs.
 */
@NullMarked
package dev.q.sample;

import org.jspecify.annotations.NullMarked;
