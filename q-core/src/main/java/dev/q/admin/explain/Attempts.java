package dev.q.admin.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.admin.explain.Moment.Event;
import dev.q.job.Job;
import dev.q.job.JobState;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;

/**
 * The attempts of a job, as moments. They are read beside the job: what came after it was
 * looked at is left out, so that the timeline tells of one moment.
 *
 * @param job the job
 * @param kept its last attempts, the oldest first
 */
record Attempts(Job job, List<AttemptRecord> kept) {

	/** Those before the last claim, and what is said of those that nobody keeps. */
	List<Moment> earlier() {
		List<AttemptRecord> seen = this.kept.stream().filter((attempt) -> attempt.number() < made()).toList();
		List<Moment> moments = new ArrayList<>();
		int first = this.kept.isEmpty() ? made() : this.kept.get(0).number();
		if (first > 1 && first <= made()) {
			moments.add(forgotten(first - 1));
		}
		seen.forEach((attempt) -> add(attempt, moments));
		return moments;
	}

	/** The last claim, which is told from the job if nothing else is known of it. */
	List<Moment> last() {
		List<Moment> moments = new ArrayList<>();
		this.kept.stream()
			.filter((attempt) -> attempt.number() == made())
			.findFirst()
			.ifPresentOrElse((attempt) -> add(attempt, moments), () -> addStart(moments));
		return moments;
	}

	private int made() {
		return this.job.counters().deliveries();
	}

	private Moment forgotten(int many) {
		Instant at = this.kept.isEmpty() ? this.job.times().createdAt() : this.kept.get(0).startedAt();
		String text = (many == 1) ? "attempt 1 was made before; nothing else is kept of it"
				: "attempts 1 to %d were made before; nothing else is kept of them".formatted(many);
		return new Moment(at, Event.ATTEMPTS_FORGOTTEN, text, Evidence.of("attempts", many).map());
	}

	private void addStart(List<Moment> moments) {
		Instant at = this.job.times().startedAt();
		if (at != null) {
			moments.add(new Moment(at, Event.STARTED, "attempt %d began".formatted(made()),
					Evidence.of("attempt", made()).map()));
		}
	}

	private void add(AttemptRecord attempt, List<Moment> moments) {
		String who = (attempt.worker() != null) ? " on worker " + attempt.worker() : "";
		moments
			.add(new Moment(attempt.startedAt(), Event.STARTED, "attempt %d began%s".formatted(attempt.number(), who),
					Evidence.of("attempt", attempt.number()).and("worker", attempt.worker()).map()));
		Instant endedAt = attempt.endedAt();
		boolean isSeenRunning = attempt.number() == made() && this.job.state() == JobState.RUNNING;
		if (endedAt != null && !isSeenRunning) {
			moments.add(new Moment(endedAt, Event.ATTEMPT_ENDED,
					"attempt %d %s%s".formatted(attempt.number(), how(attempt.outcome()),
							Evidence.after(attempt.error())),
					Evidence.of("attempt", attempt.number())
						.and("outcome", attempt.outcome())
						.and("worker", attempt.worker())
						.and(attempt.error())
						.map()));
		}
	}

	private static String how(AttemptOutcome outcome) {
		return switch (outcome) {
			case RUNNING -> "goes on";
			case SUCCEEDED -> "succeeded";
			case FAILED -> "failed";
			case DEAD -> "failed for good";
			case CANCELLED -> "ended, as the job was cancelled";
			case EXPIRED -> "ended, as the time of the job was over";
			case SNOOZED -> "ended, as its handler wanted to look again later";
			case REFUSED -> "ended, as its handler refused the job";
			case UNHANDLED -> "ended, as its worker had no handler of the type";
			case RELEASED -> "was handed back, as its worker stopped";
			case LOST -> "was lost with its worker";
		};
	}

}
