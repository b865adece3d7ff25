package dev.q.store.jdbc.known;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import org.jspecify.annotations.Nullable;

/**
 * Which queues were full a moment ago, so that producers which try again and again do not
 * have them counted each time. Whatever this process does that makes room ends a verdict;
 * what others do is seen when it is over.
 *
 * <p>
 * Only jobs are refused of which it is certain that the server does not know them: those
 * without a unique key whose id was made after the verdict. All others are for the server
 * to judge, since a job that it knows is no new one.
 *
 * @since 0.1
 */
public final class Verdicts {

	private static final long LIFE = Duration.ofMillis(200).toNanos();

	/** The version of ids that tell when they were made. */
	private static final int TIME_ORDERED = 7;

	private final Map<QueueName, Verdict> verdicts = new ConcurrentHashMap<>();

	private final EngineClock clock;

	/**
	 * Makes it without verdicts.
	 * @param clock says when they are old
	 */
	public Verdicts(EngineClock clock) {
		this.clock = clock;
	}

	/**
	 * What the server would answer.
	 * @param group the jobs that somebody wants to insert
	 * @return its refusal, or null if it has to be asked
	 */
	public InsertAnswer.@Nullable Full of(InsertGroup group) {
		Verdict verdict = this.verdicts.get(group.queue());
		if (group.maxLength() == 0 || verdict == null) {
			return null;
		}
		if (this.clock.nanoTime() - verdict.nanos() > LIFE) {
			this.verdicts.remove(group.queue(), verdict);
			return null;
		}
		long now = this.clock.instant().toEpochMilli();
		long added = group.jobs()
			.stream()
			.filter((job) -> verdict.cannotKnow(job, now))
			.map(NewJob::id)
			.distinct()
			.count();
		return (added > 0 && verdict.length() + added > group.maxLength())
				? new InsertAnswer.Full(group.maxLength(), verdict.length()) : null;
	}

	/**
	 * Takes down what the server answered.
	 * @param group the jobs
	 * @param answer what became of them
	 */
	public void note(InsertGroup group, InsertAnswer answer) {
		if (answer instanceof InsertAnswer.Full full) {
			this.verdicts.put(group.queue(),
					new Verdict(full.length(), this.clock.instant().toEpochMilli(), this.clock.nanoTime()));
		}
	}

	/**
	 * Takes down that a job left a queue, or began to run.
	 * @param queue which queue
	 */
	public void madeRoom(QueueName queue) {
		this.verdicts.remove(queue);
	}

	/**
	 * What was found.
	 *
	 * @param length how many jobs waited
	 * @param since when that was, in milliseconds since 1970
	 * @param nanos the same by the clock that nobody sets
	 */
	private record Verdict(int length, long since, long nanos) {

		/** An id of other making may look as if it came from the future. */
		boolean cannotKnow(NewJob job, long now) {
			long madeAt = madeAt(job.id());
			return job.spec().unique() == null && madeAt > this.since && madeAt <= now;
		}

		private static long madeAt(JobId id) {
			return (id.value().version() != TIME_ORDERED) ? 0 : id.value().getMostSignificantBits() >>> 16;
		}

	}

}
