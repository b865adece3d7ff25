package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;

/**
 * Jobs for the tests of this package.
 */
final class SampleJobs {

	static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");

	private static final JobSpec SPEC = JobSpec.of(QueueName.DEFAULT, new TypeName("test"), Payload.EMPTY);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private SampleJobs() {
	}

	static NewJob newJob() {
		int number = COUNT.incrementAndGet();
		return new NewJob(JobId.timeOrdered(NOW.plusMillis(number), 0, number), SPEC, Due.NOW);
	}

	static InsertGroup group(int size) {
		return InsertGroup.of(Stream.generate(SampleJobs::newJob).limit(size).toList());
	}

	static List<InsertGroup> one() {
		return List.of(group(1));
	}

	static MemoryJob ready() {
		NewJob job = newJob();
		JobTimes times = JobTimes.created(NOW, NOW, null);
		return new MemoryJob(new Job(job.id(), job.spec(), JobState.READY, JobCounters.ZERO, times),
				COUNT.incrementAndGet());
	}

	static MemoryJob leasedUntil(Instant end) {
		MemoryJob job = ready();
		Lease lease = new Lease(job.id(), QueueName.DEFAULT, "token", new WorkerId("worker"), Duration.ofSeconds(1));
		job.become(Moves.claimed(job.job(), NOW));
		job.lease(lease, end);
		return job;
	}

}
