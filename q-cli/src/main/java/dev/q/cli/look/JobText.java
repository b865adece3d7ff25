package dev.q.cli.look;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.q.admin.explain.Explanation;
import dev.q.admin.view.JobView;
import dev.q.cli.output.Fields;
import dev.q.cli.output.Lines;
import dev.q.cli.output.Table;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import dev.q.job.history.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a job, for people.
 *
 * @param details the job
 * @param attempts what became of its attempts, the oldest first
 * @param explanation why it stands where it stands
 */
record JobText(JobDetails details, List<AttemptRecord> attempts, Explanation explanation) {

	List<String> lines(JobView view) {
		Job job = this.details.job();
		Fields fields = new Fields().with("id", job.id())
			.with("state", job.isHeld() ? job.state() + ", on hold" : job.state());
		addSpec(fields, job.spec());
		addCourse(fields, job);
		addLimits(fields, job.spec().limits());
		addEnd(fields);
		List<String> lines = new ArrayList<>(fields.lines());
		if (!this.attempts.isEmpty()) {
			section(lines, "Attempts", attemptTable());
		}
		section(lines, "Explanation", this.explanation.text().lines().toList());
		if (view == JobView.WHOLE) {
			addWritten(lines);
		}
		return lines;
	}

	private static void addSpec(Fields fields, JobSpec spec) {
		fields.with("queue", spec.queue())
			.with("type", spec.type())
			.with("priority", spec.priority())
			.with("tags", String.join(", ", new TreeSet<>(spec.tags())))
			.with("unique key", (spec.unique() != null) ? spec.unique().value() : null)
			.with("delivery", spec.delivery())
			.with("retry", spec.retry())
			.with("payload", "%s, version %d".formatted(size(spec.payload()), spec.payloadVersion()));
	}

	private static void addCourse(Fields fields, Job job) {
		JobCounters counters = job.counters();
		JobTimes times = job.times();
		fields.with("attempt", JobTable.attempt(job))
			.with("counters",
					"claims %d, failures %d, crashes %d, nacks %d, other releases %d".formatted(counters.deliveries(),
							counters.failures(), counters.crashes(), counters.nacks(), counters.releases()))
			.with("created", times.createdAt())
			.with("due", times.runAt())
			.with("expires", times.expiresAt())
			.with("started", times.startedAt())
			.with("finished", times.finishedAt())
			.with("unhandled since", times.unhandledSince());
	}

	private static void addLimits(Fields fields, JobLimits limits) {
		fields.with("max crashes", limits.maxCrashes())
			.with("lease", limits.lease())
			.with("timeout", limits.timeout())
			.with("time to live", limits.timeToLive())
			.with("deadline", limits.deadline());
	}

	private void addEnd(Fields fields) {
		fields.with("worker", (this.details.worker() != null) ? this.details.worker().value() : null)
			.with("leased until", this.details.leasedUntil())
			.with("dead reason", this.details.deadReason())
			.with("cancel reason", this.details.cancelReason())
			.with("last error", text(this.details.lastError()))
			.with("result", text(this.details.result()));
	}

	private List<String> attemptTable() {
		Table table = new Table("NUMBER", "OUTCOME", "WORKER", "STARTED", "ENDED", "ERROR");
		this.attempts.forEach((attempt) -> table.row(attempt.number(), attempt.outcome(),
				(attempt.worker() != null) ? attempt.worker().value() : null, attempt.startedAt(), attempt.endedAt(),
				(attempt.error() != null) ? attempt.error().summary() : null));
		return table.lines();
	}

	/** What is shown only if it is wished for. */
	private void addWritten(List<String> lines) {
		JobSpec spec = this.details.job().spec();
		section(lines, "Payload", PayloadText.of(spec.payload()));
		if (this.details.result() instanceof StoredResult.Value value) {
			section(lines, "Result", PayloadText.of(value.payload()));
		}
		if (!spec.headers().isEmpty()) {
			Fields headers = new Fields();
			new TreeMap<>(spec.headers()).forEach(headers::with);
			section(lines, "Headers", headers.lines());
		}
		JobError error = this.details.lastError();
		if (error != null && !error.stackTrace().isEmpty()) {
			section(lines, "Stack trace of the last error", Lines.of(error.stackTrace().stripTrailing()));
		}
	}

	private static void section(List<String> lines, String title, List<String> content) {
		lines.add("");
		lines.add(title + ":");
		content.forEach((line) -> lines.add("  " + line));
	}

	private static @Nullable String text(@Nullable JobError error) {
		return (error != null) ? error.type() + ": " + error.message() : null;
	}

	private static @Nullable String text(StoredResult result) {
		if (result instanceof StoredResult.Value value) {
			return size(value.payload());
		}
		return (result instanceof StoredResult.Omitted omitted) ? "omitted: " + omitted.reason() : null;
	}

	private static String size(Payload payload) {
		return "%s, %d bytes".formatted(payload.contentType(), payload.size());
	}

}
