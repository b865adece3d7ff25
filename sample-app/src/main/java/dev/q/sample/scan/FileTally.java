package dev.q.sample.scan;

import java.util.EnumMap;
import java.util.Map;

import dev.q.sample.files.FileFacts;
import dev.q.sample.files.FileKind;

/**
 * Adds up what jobs found. For one thread.
 */
final class FileTally {

	private final Map<FileKind, Long> kinds = new EnumMap<>(FileKind.class);

	private long unreadable;

	private long bytes;

	private long lines;

	private long words;

	void add(FileFacts facts) {
		if (facts.kind() == FileKind.UNREADABLE) {
			this.unreadable++;
			return;
		}
		this.kinds.merge(facts.kind(), 1L, Long::sum);
		this.bytes += facts.bytes();
		this.lines += facts.lines();
		this.words += facts.words();
	}

	void addUnreadable(int count) {
		this.unreadable += count;
	}

	ScanReport report(String root, JobTally jobs) {
		long files = this.kinds.values().stream().mapToLong(Long::longValue).sum();
		double seconds = jobs.seconds();
		double rate = (seconds > 0) ? jobs.jobs() / seconds : 0;
		return new ScanReport(root, files, this.bytes, this.lines, this.words, this.kinds, this.unreadable, jobs.jobs(),
				jobs.retried(), jobs.dead(), rounded(seconds, 1000), rounded(rate, 10));
	}

	private static double rounded(double value, int parts) {
		return Math.rint(value * parts) / parts;
	}

}
