package dev.q.sample.scan;

import java.nio.file.Path;

/**
 * Payload of the job of one file.
 *
 * @param file absolute path
 */
record IndexFile(Path file) {
}
