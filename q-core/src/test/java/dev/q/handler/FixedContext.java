package dev.q.handler;

import java.time.Instant;
import java.util.Optional;

import dev.q.JobContext;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A context whose job never changes.
 */
final class FixedContext implements JobContext {

	@Override
	public Job job() {
		return new Job(JobId.timeOrdered(Instant.EPOCH, 0, 0),
				JobSpec.of(QueueName.DEFAULT, new TypeName("t"), Payload.EMPTY), JobState.RUNNING, JobCounters.ZERO,
				JobTimes.created(Instant.EPOCH, Instant.EPOCH, null));
	}

	@Override
	public Optional<Instant> deadline() {
		return Optional.empty();
	}

	@Override
	public boolean leaseLost() {
		return false;
	}

	@Override
	public Instant heartbeat() {
		return Instant.EPOCH;
	}

	@Override
	public boolean shouldStop() {
		return false;
	}

	@Override
	public void completeInCurrentTransaction(@Nullable Object result) {
		throw new IllegalStateException("Nobody is in a transaction here");
	}

}
