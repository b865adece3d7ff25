package dev.q.cli.look;

import dev.q.job.Names;
import picocli.CommandLine.Option;

/**
 * How many jobs are shown: a mixin.
 */
final class PageSize {

	private static final int MOST = 500;

	@Option(names = "--limit", paramLabel = "N",
			description = "Show so many jobs at most, 1 to 500; ${DEFAULT-VALUE} unless given.")
	private String limit = "50";

	int read() {
		try {
			int wanted = Integer.parseInt(this.limit);
			if (wanted >= 1 && wanted <= MOST) {
				return wanted;
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(complaint(), ex);
		}
		throw new IllegalArgumentException(complaint());
	}

	private String complaint() {
		return "--limit must be a number from 1 to %d, but was %s".formatted(MOST, Names.quoted(this.limit));
	}

}
