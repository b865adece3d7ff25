package dev.q.sample.scan;

import java.time.Duration;
import java.time.Instant;

import dev.q.job.Job;
import dev.q.job.JobState;

/**
 * Adds up jobs that have ended. For one thread.
 */
final class JobTally {

	private static final double NANOS = 1e9;

	private long jobs;

	private long retried;

	private long dead;

	private Instant begin = Instant.MAX;

	private Instant end = Instant.MIN;

	void add(Job job) {
		this.jobs++;
		this.dead += (job.state() == JobState.DEAD) ? 1 : 0;
		this.retried += (attempts(job) > 1) ? 1 : 0;
		Instant createdAt = job.times().createdAt();
		this.begin = createdAt.isBefore(this.begin) ? createdAt : this.begin;
		Instant finishedAt = job.times().finishedAt();
		this.end = (finishedAt != null && finishedAt.isAfter(this.end)) ? finishedAt : this.end;
	}

	long jobs() {
		return this.jobs;
	}

	long retried() {
		return this.retried;
	}

	long dead() {
		return this.dead;
	}

	/**
	 * From the enqueue of the first job to the end of the last, by the store's clock.
	 */
	double seconds() {
		return (this.jobs > 0) ? Duration.between(this.begin, this.end).toNanos() / NANOS : 0;
	}

	private static int attempts(Job job) {
		int failures = job.counters().failures();
		return (job.state() == JobState.SUCCEEDED) ? failures + 1 : failures;
	}

}
