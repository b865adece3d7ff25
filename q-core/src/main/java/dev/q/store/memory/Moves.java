package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.NewJob;
import dev.q.job.ReleaseReason;
import org.jspecify.annotations.Nullable;

/**
 * What a job is after each move. Knows nothing of places.
 */
final class Moves {

	/** Longer than any delay that is meant, and short enough to be added to any time. */
	private static final Duration LONGEST_DELAY = Duration.ofDays(365_000);

	private Moves() {
	}

	static Job stored(NewJob job, Instant now) {
		Instant due = job.due().from(now);
		return new Job(job.id(), job.spec(), due.isAfter(now) ? JobState.SCHEDULED : JobState.READY, JobCounters.ZERO,
				JobTimes.created(now, due, job.spec().limits().expiryOf(now)));
	}

	/** A job that has to wait for its key. */
	static Job blocked(Job job) {
		return moved(job, JobState.BLOCKED, job.counters(), job.times());
	}

	/** A job that has its key now: its time counts from here. */
	static Job unblocked(Job job, Instant now) {
		Instant due = job.times().runAt();
		return rescheduled(job, (due != null && due.isAfter(now)) ? due : now, now);
	}

	static Job promoted(Job job) {
		return moved(job, JobState.READY, job.counters(), job.times());
	}

	static Job claimed(Job job, Instant now) {
		return moved(job, JobState.RUNNING, job.counters().delivered(), job.times().started(now));
	}

	static Job failed(Job job, Duration delay, Instant now) {
		return moved(job, delay.isZero() ? JobState.READY : JobState.RETRYING, job.counters().failed(),
				job.times().waiting(after(now, delay), null));
	}

	/** A job that a stopping worker hands back keeps its due time. */
	static Job handedBack(Job job) {
		return moved(job, JobState.READY, job.counters().released(ReleaseReason.SHUTDOWN),
				job.times().waiting(job.times().runAt(), null));
	}

	static Job released(Job job, ReleaseReason reason, Duration delay, Instant now) {
		return moved(job, delay.isZero() ? JobState.READY : JobState.SCHEDULED, job.counters().released(reason),
				job.times().waiting(after(now, delay), unhandledSince(job, reason, now)));
	}

	/** A job whose lease ran out keeps its due time, and all that is known of it. */
	static Job recovered(Job job, JobCounters counters) {
		return moved(job, JobState.READY, counters, job.times());
	}

	/** The end of a job by an outcome: some worker knew its type. */
	static Job ended(Job job, JobState end, JobCounters counters, Instant now) {
		return moved(job, end, counters, job.times().waiting(job.times().runAt(), null).finished(now));
	}

	/** The end of a job by somebody else than its worker. */
	static Job stopped(Job job, JobState end, JobCounters counters, Instant now) {
		return moved(job, end, counters, job.times().finished(now));
	}

	static Job revived(Job job, Instant now) {
		JobTimes times = job.times();
		return moved(job, JobState.READY, job.counters().revived(),
				new JobTimes(times.createdAt(), now, null, times.startedAt(), null, null));
	}

	static Job rescheduled(Job job, Instant due, Instant now) {
		return moved(job, due.isAfter(now) ? JobState.SCHEDULED : JobState.READY, job.counters(),
				job.times().waiting(due, job.times().unhandledSince()));
	}

	static Job held(Job job) {
		return moved(job, JobState.SCHEDULED, job.counters(), job.times().waiting(null, job.times().unhandledSince()));
	}

	/** A job that is another one from now on, as the same. */
	static Job edited(Job job, JobSpec spec) {
		return new Job(job.id(), spec, job.state(), job.counters(), job.times());
	}

	private static Job moved(Job job, JobState state, JobCounters counters, JobTimes times) {
		return new Job(job.id(), job.spec(), state, counters, times);
	}

	/**
	 * A settlement must not fail for a delay beyond all time, as its neighbours in the
	 * batch would suffer.
	 */
	private static Instant after(Instant now, Duration delay) {
		return now.plus((delay.compareTo(LONGEST_DELAY) > 0) ? LONGEST_DELAY : delay);
	}

	private static @Nullable Instant unhandledSince(Job job, ReleaseReason reason, Instant now) {
		if (reason != ReleaseReason.NO_HANDLER) {
			return null;
		}
		Instant since = job.times().unhandledSince();
		return (since != null) ? since : now;
	}

}
