package dev.q.sample.scan;

import java.nio.file.Path;

/**
 * Payload of a drill.
 *
 * @param file absolute path of a file that does not exist
 */
record MissingFile(Path file) {
}
