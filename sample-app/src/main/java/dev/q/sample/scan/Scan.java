package dev.q.sample.scan;

import java.nio.file.Path;

/**
 * Payload of the job that starts a scan.
 *
 * @param root absolute path of the directory
 */
record Scan(Path root) {
}
