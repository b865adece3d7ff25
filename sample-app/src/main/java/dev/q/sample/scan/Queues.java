package dev.q.sample.scan;

import java.util.List;

/**
 * Names of the queues of a scan. {@code application.yml} says in which order they are
 * worked.
 */
final class Queues {

	static final String SCAN = "scan";

	static final String DRILLS = "drills";

	static final String SMALL_FILES = "files-small";

	static final String LARGE_FILES = "files-large";

	static final String REPORT = "report";

	static final List<String> ALL = List.of(SCAN, DRILLS, SMALL_FILES, LARGE_FILES, REPORT);

	private static final int LARGE = 1024 * 1024;

	private Queues() {
	}

	static String forFileOf(long size) {
		return (size < LARGE) ? SMALL_FILES : LARGE_FILES;
	}

}
