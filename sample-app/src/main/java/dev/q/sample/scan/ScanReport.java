package dev.q.sample.scan;

import java.util.Map;

import dev.q.sample.files.FileKind;

/**
 * What a scan found, and how its jobs went.
 *
 * @param root the directory
 * @param files how many regular files were read
 * @param bytes how many bytes they have together
 * @param lines how many line feeds
 * @param words how many words
 * @param kinds how many files there are of a kind
 * @param unreadable how many files and directories could not be read
 * @param jobs how many jobs have ended; the one that made this report is not among them
 * @param retried how many of them took more than one attempt
 * @param dead how many of them are dead
 * @param seconds how long it took from the enqueue of the scan to the end of its last job
 * @param jobsPerSecond how many jobs ended in a second of that time
 * @since 0.1
 */
public record ScanReport(String root, long files, long bytes, long lines, long words, Map<FileKind, Long> kinds,
		long unreadable, long jobs, long retried, long dead, double seconds, double jobsPerSecond) {

	/**
	 * Copies the map.
	 */
	public ScanReport {
		kinds = Map.copyOf(kinds);
	}

}
