package dev.q.cli.act;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.q.admin.JobAdmin;
import dev.q.admin.view.JsonMap;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import dev.q.job.JobId;
import dev.q.store.JobCatalog;
import dev.q.store.StoreException;

/**
 * Does something to jobs that are named, after a look at them. What is done goes by the
 * state that a job has then, not by the look.
 *
 * @param deed what
 * @param catalog looks at jobs
 * @param admin does it
 * @param output shows what came of it
 * @param ending how it ends early
 */
record ById(Deed deed, JobCatalog catalog, JobAdmin admin, OutputOptions output, Ending ending) {

	ExitCode go(List<JobId> ids, Consent consent) {
		this.ending.counting();
		List<Untouched> unfit = look(ids);
		if (this.ending.isAsked()) {
			return this.ending.mayConclude() ? Counted.stopped(this.output) : ExitCode.FAILED;
		}
		Counted counted = new Counted(verb(), ids.size() - unfit.size(), false, this.output);
		if (consent == Consent.GIVEN || (consent == Consent.MISSING && !verb().isDestructive())) {
			counted.announce();
			return act(ids, counted.count());
		}
		if (consent == Consent.MISSING && counted.count() == 0) {
			counted.announce();
			show(json(0, Set.of()), Set.of(), unfit);
			return ExitCode.FAILED;
		}
		return counted.show(consent,
				json(counted.count(), Set.of()).with("dryRun", true).with("unchanged", json(unfit)),
				unfit.stream().map(Untouched::line).toList());
	}

	private List<Untouched> look(List<JobId> ids) {
		try {
			return Untouched.among(ids, this.catalog, verb()::obstacle);
		}
		catch (StoreException ex) {
			throw new NotCountedException(ex);
		}
	}

	private Verb verb() {
		return this.deed.verb();
	}

	/** All that were named: one that was not fit at the look may be so by now. */
	private ExitCode act(List<JobId> ids, long fit) {
		Reaching reaching = new Reaching(this.deed, this.admin, ids);
		this.ending.changing(() -> showUnanswered(fit, reaching.soFar()));
		Reached reached = reaching.until(this.ending::isAsked);
		if (reached.left().isEmpty()) {
			return explain(reached, fit);
		}
		if (this.ending.mayConclude()) {
			showPart(json(fit, reached.changed()), reached);
		}
		return ExitCode.FAILED;
	}

	private ExitCode explain(Reached reached, long fit) {
		List<JobId> unchanged = reached.unchanged();
		List<Untouched> reasons;
		String failure = null;
		try {
			reasons = Untouched.among(unchanged, this.catalog, (job) -> Optional.of(verb().remained(job)));
		}
		catch (StoreException ex) {
			reasons = Untouched.unexplained(unchanged);
			failure = String.valueOf(ex.getMessage());
		}
		if (!this.ending.mayConclude()) {
			return ExitCode.FAILED;
		}
		Set<JobId> changed = reached.changed();
		show(json(fit, changed).with("failure", failure), changed, reasons);
		if (failure != null) {
			this.output.note("q: All was done, but the store failed when it was asked why %s not changed: %s"
				.formatted(Counted.were(unchanged.size()), failure));
		}
		return (failure != null || changed.isEmpty()) ? ExitCode.FAILED : ExitCode.DONE;
	}

	private void show(JsonMap json, Set<JobId> changed, List<Untouched> unchanged) {
		this.output.show(json.with("dryRun", false).with("unchanged", json(unchanged)).map(), () -> {
			List<String> lines = new ArrayList<>(List.of(Counted.jobs(changed.size()) + " changed"));
			unchanged.forEach((each) -> lines.add(each.line()));
			return lines;
		});
	}

	private void showPart(JsonMap json, Reached reached) {
		StoreException failure = reached.failure();
		String cause = (failure != null) ? String.valueOf(failure.getMessage()) : null;
		show(json.with("stopped", (cause != null) ? null : true).with("failure", cause), reached);
		String were = Counted.were(reached.changed().size());
		String rest = rest(reached);
		this.output.note(
				(cause != null) ? "q: The store failed after %s changed, and some more may be: %s. When it is back, %s"
					.formatted(were, cause, rest) : "q: Stopped after %s changed. %s".formatted(were, rest));
	}

	private void showUnanswered(long fit, Reached reached) {
		int left = reached.left().size();
		show(json(fit, reached.changed()).with("stopped", true).with("unanswered", Ending.inDoubt(left)), reached);
		this.ending.sayUnanswered(reached.changed().size(), left, rest(reached));
	}

	private void show(JsonMap json, Reached reached) {
		this.output.show(json.with("dryRun", false).with("left", texts(reached.left())).map(),
				() -> List.of(Counted.jobs(reached.changed().size()) + " changed"));
	}

	private static String rest(Reached reached) {
		return reached.left().isEmpty() ? "No ids are left" : "%d of %d ids are left: repeat with %s and those after it"
			.formatted(reached.left().size(), reached.seen().size() + reached.left().size(), reached.left().get(0));
	}

	private JsonMap json(long fit, Set<JobId> changed) {
		return new JsonMap().with("action", verb().action())
			.with("matched", fit)
			.with("changed", changed.size())
			.with("ids", texts(changed));
	}

	private static List<String> texts(Collection<JobId> ids) {
		return ids.stream().map(JobId::toString).toList();
	}

	private static List<?> json(Collection<Untouched> untouched) {
		return untouched.stream().map(Untouched::json).toList();
	}

}
