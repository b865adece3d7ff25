/**
 * An application that uses Q: it indexes a directory of files. Start reading at
 * {@link dev.q.sample.SampleApplication} for the command, at the package
 * {@code dev.q.sample.web} for the server, and at {@code dev.q.sample.scan} for the jobs.
 */
@NullMarked
package dev.q.sample;

import org.jspecify.annotations.NullMarked;
