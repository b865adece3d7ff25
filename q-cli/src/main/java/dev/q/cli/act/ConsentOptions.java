package dev.q.cli.act;

import picocli.CommandLine.Option;

/**
 * Whether something is to be done, or only counted.
 */
final class ConsentOptions {

	@Option(names = "--yes", description = "Do it. Without, jobs are only counted where consent is needed.")
	private boolean yes;

	@Option(names = "--dry-run", description = "Count the jobs, and change nothing.")
	private boolean dryRun;

	/**
	 * What was said.
	 * @throws IllegalArgumentException if both were said
	 */
	Consent read() {
		if (this.yes && this.dryRun) {
			throw new IllegalArgumentException("--dry-run changes nothing and --yes does. Leave one of them out");
		}
		if (this.dryRun) {
			return Consent.DRY_RUN;
		}
		return this.yes ? Consent.GIVEN : Consent.MISSING;
	}

	/**
	 * What was said.
	 */
	enum Consent {

		GIVEN, MISSING, DRY_RUN

	}

}
