package dev.q.cli.act;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import dev.q.admin.BulkFailedException;
import dev.q.admin.BulkReport;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.view.JsonMap;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * Does something to the jobs that a filter means, after it has counted them.
 *
 * @param verb what
 * @param admin does it
 * @param output shows what came of it
 * @param ending how it ends early
 */
record ByFilter(Verb verb, JobAdmin admin, OutputOptions output, Ending ending) {

	ExitCode go(BulkRequest wanted, Consent consent) {
		this.ending.counting();
		BulkRequest request = until(wanted, (done) -> this.ending.isAsked());
		BulkReport report = count(request);
		if (this.ending.isAsked()) {
			return this.ending.mayConclude() ? Counted.stopped(this.output) : ExitCode.FAILED;
		}
		Counted counted = new Counted(this.verb, report.matched(), !report.isComplete(), this.output);
		if (consent != Consent.GIVEN) {
			return counted.show(consent, json(report, true).with("atLeast", counted.isCut()), goOn(report.next()));
		}
		counted.announce();
		return act(request, counted);
	}

	private BulkReport count(BulkRequest request) {
		try {
			return this.admin.dryRun(request);
		}
		catch (BulkFailedException ex) {
			throw new NotCountedException(ex);
		}
	}

	private static BulkRequest until(BulkRequest request, Predicate<BulkReport> isEnough) {
		return new BulkRequest(request.action().until(isEnough), request.filter(), request.limit(), request.cursor());
	}

	private ExitCode act(BulkRequest wanted, Counted counted) {
		AtomicReference<BulkReport> soFar = new AtomicReference<>(new BulkReport(0, 0, 0, wanted.cursor()));
		BulkRequest request = until(wanted, (done) -> {
			soFar.set(done);
			return this.ending.isAsked();
		});
		this.ending.changing(() -> showUnanswered(request, counted, soFar.get()));
		try {
			BulkReport done = this.admin.run(request);
			return this.ending.mayConclude() ? conclude(request, counted, done) : ExitCode.FAILED;
		}
		catch (BulkFailedException ex) {
			if (this.ending.mayConclude()) {
				showFailure(counted, ex);
			}
			return ExitCode.FAILED;
		}
		catch (OutOfMemoryError ex) {
			if (this.ending.mayConclude()) {
				showExhausted(request, counted, soFar.get());
			}
			throw ex;
		}
	}

	private ExitCode conclude(BulkRequest request, Counted counted, BulkReport done) {
		if (!isStopped(request, done)) {
			show(counted, done, new JsonMap());
			return ExitCode.DONE;
		}
		show(counted, done, new JsonMap().with("stopped", true));
		this.output.note("q: Stopped after %s changed. The rest is as it was: repeat%s"
			.formatted(Counted.were(done.changed()), rest(done, request.limit() - done.matched())));
		return ExitCode.FAILED;
	}

	/** Not if it had come to its end by itself. */
	private boolean isStopped(BulkRequest request, BulkReport report) {
		return this.ending.isAsked() && !report.isComplete() && report.matched() < request.limit();
	}

	private void showFailure(Counted counted, BulkFailedException ex) {
		BulkReport done = ex.report();
		String cause = String.valueOf((ex.getCause() != null) ? ex.getCause().getMessage() : ex.getMessage());
		show(counted, done, new JsonMap().with("failure", cause));
		this.output.note("q: The store failed after %s changed, and some more may be: %s. When it is back, repeat%s"
			.formatted(Counted.were(done.changed()), cause, rest(done, ex.remaining().limit())));
	}

	private void showExhausted(BulkRequest request, Counted counted, BulkReport done) {
		long left = request.limit() - done.matched();
		show(counted, done, new JsonMap().with("failure", "OutOfMemoryError"));
		this.output.note("q: Stopped after %s changed, and up to %d more may be: repeat%s"
			.formatted(Counted.were(done.changed()), Ending.inDoubt(left), rest(done, left)));
	}

	private void showUnanswered(BulkRequest request, Counted counted, BulkReport done) {
		long left = request.limit() - done.matched();
		show(counted, done, new JsonMap().with("stopped", true).with("unanswered", Ending.inDoubt(left)));
		this.ending.sayUnanswered(done.changed(), left, "When the store is back, repeat" + rest(done, left));
	}

	private static String rest(BulkReport done, long limit) {
		return (done.next() != null) ? " with --cursor %s --limit %d".formatted(done.next(), limit) : "";
	}

	private void show(Counted counted, BulkReport done, JsonMap end) {
		JsonMap json = json(done, false).with("counted", counted.count()).with("atLeast", counted.isCut());
		this.output.show(json.withAll(end.map()).map(), () -> {
			List<String> lines = lines(done);
			lines.addAll(end.map().isEmpty() ? goOn(done.next()) : List.of());
			return lines;
		});
	}

	private List<String> lines(BulkReport done) {
		List<String> lines = new ArrayList<>();
		lines.add("%d looked at, %d meant, %d changed".formatted(done.looked(), done.matched(), done.changed()));
		if (done.changed() < done.matched()) {
			lines.add("%s not changed: %s".formatted(Counted.jobs(done.matched() - done.changed()), remained()));
		}
		return lines;
	}

	private String remained() {
		return switch (this.verb) {
			case RETRY -> "moved on meanwhile, or another job has the unique key";
			case HOLD -> "moved on meanwhile, or on hold already";
			case RELEASE -> "moved on meanwhile, or not on hold";
			case RUN_NOW -> "moved on meanwhile, or ready already";
			default -> "moved on meanwhile";
		};
	}

	private static List<String> goOn(@Nullable String next) {
		return (next != null) ? List.of("There may be more: repeat with --cursor " + next) : List.of();
	}

	private JsonMap json(BulkReport report, boolean dryRun) {
		return new JsonMap().with("action", this.verb.action())
			.with("dryRun", dryRun)
			.with("looked", report.looked())
			.with("matched", report.matched())
			.with("changed", report.changed())
			.with("next", report.next());
	}

}
