package dev.q.sample.scan;

import java.nio.file.Path;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Payload of the job that enqueues jobs for the next files. A path travels as a
 * {@code file:} URI, which keeps names that are no valid text.
 *
 * @param scan which scan
 * @param root absolute path of its directory
 * @param last the last file of the page before, or null for the first page
 */
record ScanPage(JobId scan, Path root, @Nullable Path last) {
}
