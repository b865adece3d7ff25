package dev.q.sample.files;

import java.nio.file.Path;

/**
 * A regular file as a walk met it.
 *
 * @param path where it is
 * @param size how many bytes it had then
 * @since 0.1
 */
public record FoundFile(Path path, long size) {
}
