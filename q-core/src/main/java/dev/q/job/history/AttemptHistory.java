package dev.q.job.history;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a job as stores keep them. Those that ended without success are noted
 * when they end; one that is under way or has succeeded is told from the job itself, so a
 * job that succeeds at once costs nothing here. No more than {@value #MOST} are kept, and
 * the last {@value #STACK_TRACES} of them with stack traces, which are the bulk.
 *
 * @param attempts those that were noted, the oldest first
 * @since 0.1
 */
public record AttemptHistory(List<AttemptRecord> attempts) {

	/** Most attempts that are kept, and most that are told. */
	public static final int MOST = 20;

	/** So many of the last attempts keep the stack traces of their failures. */
	public static final int STACK_TRACES = 5;

	/** Of a job that nothing was noted of. */
	public static final AttemptHistory NONE = new AttemptHistory(List.of());

	/**
	 * Copies the list.
	 */
	public AttemptHistory {
		attempts = List.copyOf(attempts);
	}

	/**
	 * Notes an attempt that has ended.
	 * @param ended the attempt
	 * @return a copy with it, and without what is too much now
	 */
	public AttemptHistory and(AttemptRecord ended) {
		int last = ended.number();
		Stream<AttemptRecord> before = this.attempts.stream()
			.filter((attempt) -> attempt.number() > last - MOST)
			.map((attempt) -> (attempt.number() > last - STACK_TRACES) ? attempt : attempt.withoutStackTrace());
		return new AttemptHistory(Stream.concat(before, Stream.of(ended)).toList());
	}

	/**
	 * What is told of a job: what was noted, and the attempt that is under way or has
	 * succeeded.
	 * @param details the job at the same moment
	 * @return the attempts, the oldest first, {@value #MOST} at most
	 */
	public List<AttemptRecord> of(JobDetails details) {
		AttemptRecord last = last(details);
		List<AttemptRecord> all = (last != null) ? Stream.concat(this.attempts.stream(), Stream.of(last)).toList()
				: this.attempts;
		return all.subList(Math.max(0, all.size() - MOST), all.size());
	}

	private static @Nullable AttemptRecord last(JobDetails details) {
		Job job = details.job();
		if (job.state() != JobState.RUNNING && job.state() != JobState.SUCCEEDED) {
			return null;
		}
		Instant startedAt = Objects.requireNonNull(job.times().startedAt());
		return new AttemptRecord(job.counters().deliveries(),
				(job.state() == JobState.RUNNING) ? AttemptOutcome.RUNNING : AttemptOutcome.SUCCEEDED, details.worker(),
				startedAt, job.times().finishedAt(), null);
	}

}
