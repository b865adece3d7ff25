package dev.q.admin.explain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.StoredResult;
import dev.q.job.UniqueKey;
import dev.q.job.WorkerId;
import dev.q.store.JobCatalog.Standing;
import dev.q.store.WorkerInfo.State;

/**
 * What can be read from how a job stands.
 */
final class Reasons {

	private static final WorkerId NOBODY = new WorkerId("unknown");

	private Reasons() {
	}

	static Reason end(JobDetails details) {
		Instant at = Objects.requireNonNullElse(details.job().times().finishedAt(), details.job().times().createdAt());
		return switch (details.state()) {
			case SUCCEEDED -> new End.Succeeded(at, kind(details.result()));
			case DEAD -> new End.Dead(at, Objects.requireNonNullElse(details.deadReason(), DeadReason.EXHAUSTED),
					details.lastError());
			case CANCELLED -> new End.Cancelled(at, details.cancelReason());
			default -> new End.Expired(at);
		};
	}

	private static String kind(StoredResult result) {
		if (result instanceof StoredResult.Value) {
			return "value";
		}
		return (result instanceof StoredResult.Omitted) ? "omitted" : "none";
	}

	static Reason running(Standing standing, Crew crew) {
		JobDetails details = standing.details();
		WorkerId worker = Objects.requireNonNullElse(details.worker(), NOBODY);
		Instant until = Objects.requireNonNullElse(details.leasedUntil(), standing.storeTime());
		return until.isAfter(standing.storeTime())
				? new Waiting.Running(worker, until, details.job().attempt(), crew.has(worker))
				: new Waiting.LeaseOver(worker, until);
	}

	static Reason waitingForKey(Standing standing, Optional<JobDetails> holder) {
		UniqueKey key = standing.details().job().spec().unique();
		return new Waiting.WaitingForKey((key != null) ? key.value() : "", standing.keyHolder(),
				holder.map(JobDetails::state).orElse(null));
	}

	/** What the job itself waits for. */
	static void addOwn(Standing standing, List<Reason> reasons) {
		Job job = standing.details().job();
		JobTimes times = job.times();
		Instant due = times.runAt();
		if (times.expiresAt() != null && times.isExpired(standing.storeTime())) {
			reasons.add(new Waiting.ExpiredAlready(times.expiresAt()));
		}
		if (job.isHeld()) {
			reasons.add(new Waiting.OnHold());
		}
		else if (job.state() != JobState.READY && due != null && due.isAfter(standing.storeTime())) {
			reasons.add((job.state() == JobState.RETRYING)
					? new Waiting.RetryBackoff(due, job.attempt(), standing.details().lastError())
					: new Waiting.Scheduled(due));
		}
	}

	/** What stands in the way of all jobs of the queue, or of the type. */
	static void addSurroundings(Standing standing, Crew crew, List<Reason> reasons) {
		Job job = standing.details().job();
		if (standing.pause().stopsOut()) {
			reasons.add(new Surroundings.QueuePaused(crew.queue(), standing.pause()));
		}
		if (crew.count(State.RUNNING) == 0) {
			reasons
				.add(new Surroundings.NoWorker(crew.queue(), crew.workers().size(), (int) crew.count(State.DRAINING)));
		}
		if (job.times().unhandledSince() != null) {
			reasons.add(new Surroundings.UnknownType(job.spec().type(), job.times().unhandledSince()));
		}
	}

	/** Where the job stands in the line, if it stands there. */
	static void addPlace(Standing standing, Crew crew, List<Reason> reasons) {
		Job job = standing.details().job();
		if (!Standing.isDue(job, standing.storeTime())) {
			return;
		}
		JobId inTheWay = (crew.exclusive() > 0) ? standing.inTheWay() : null;
		if (inTheWay != null) {
			reasons
				.add(new Surroundings.QueueBusy(crew.queue(), inTheWay, (int) crew.exclusive(), (int) crew.sharing()));
		}
		if (standing.ahead() > 0) {
			long shown = Math.min(standing.ahead(), Explainer.MOST_COUNTED);
			reasons.add(new Surroundings.Behind(shown, shown == standing.ahead()));
		}
		else if (!standing.pause().stopsOut() && (inTheWay == null || crew.sharing() > 0)) {
			Instant since = Objects.requireNonNullElse(job.times().runAt(), job.times().createdAt());
			reasons.add(new Surroundings.Claimable(job.spec().queue(), since));
		}
	}

}
