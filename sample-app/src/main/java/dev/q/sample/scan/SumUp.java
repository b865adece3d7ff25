package dev.q.sample.scan;

import java.nio.file.Path;

import dev.q.job.JobId;

/**
 * Payload of the job that makes the report.
 *
 * @param scan which scan
 * @param root absolute path of its directory
 */
record SumUp(JobId scan, Path root) {
}
