package dev.q.cli.act;

import java.util.ArrayList;
import java.util.List;

import dev.q.admin.view.JsonMap;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;

/**
 * How many jobs are meant, before anything is done to them.
 *
 * @param verb what would be done
 * @param count to how many jobs
 * @param isCut whether a limit ended the count, so that there may be more
 * @param output shows it
 */
record Counted(Verb verb, long count, boolean isCut, OutputOptions output) {

	static String jobs(long count) {
		return (count == 1) ? "1 job" : count + " jobs";
	}

	static String were(long count) {
		return (count == 1) ? "1 job was" : count + " jobs were";
	}

	private String line() {
		String line = "%s to %s".formatted(jobs(this.count), this.verb.command().replace('-', ' '));
		return this.isCut ? "At least %s; --limit takes the first %d".formatted(line, this.count) : line;
	}

	/** Tells people before it is done; programs learn it in the end. */
	void announce() {
		if (!this.output.isJson()) {
			this.output.progress(line());
		}
	}

	/** Says that somebody had enough before all were counted. */
	static ExitCode stopped(OutputOptions output) {
		output.note("q: Stopped while the jobs were counted. Nothing was changed");
		return ExitCode.FAILED;
	}

	/** Shows what a dry run found, or asks for consent in one line. */
	ExitCode show(Consent consent, JsonMap json, List<String> more) {
		if (consent == Consent.DRY_RUN) {
			List<String> lines = new ArrayList<>(List.of(line()));
			lines.addAll(more);
			this.output.show(json.map(), () -> lines);
			return ExitCode.DONE;
		}
		if (this.output.isJson()) {
			this.output.show(json.map(), List::of);
		}
		this.output.note("q: %s. Nothing was changed: --yes does it".formatted(line()));
		return ExitCode.NOT_UNDERSTOOD;
	}

}
