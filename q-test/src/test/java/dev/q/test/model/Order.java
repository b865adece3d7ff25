package dev.q.test.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.JobState;
import dev.q.job.QueueName;

/**
 * Who comes first: by priority, and within one the jobs that came back to the front
 * before all others, those by the order in which they became ready.
 *
 * @param books what is known
 */
record Order(Books books) {

	private static final Comparator<ModelJob> OF_CLAIMS = Comparator
		.<ModelJob>comparingInt((job) -> job.spec.priority())
		.thenComparing((job) -> !job.front)
		.thenComparingLong((job) -> job.place);

	private static final Comparator<ModelJob> OF_PROMOTION = Comparator.<ModelJob, Instant>comparing((job) -> job.runAt)
		.thenComparingLong((job) -> job.number);

	/** The ready jobs of a queue. */
	List<ModelJob> line(QueueName queue) {
		return this.books.jobs(queue, (job) -> job.state == JobState.READY).stream().sorted(OF_CLAIMS).toList();
	}

	/** All that a claim without limit would take, the due jobs at the ends. */
	List<ModelJob> nextLine(QueueName queue) {
		Instant now = this.books.now();
		return Stream.concat(line(queue).stream(), due().stream().filter((job) -> job.queue().equals(queue)))
			.filter((job) -> !job.isExpired(now))
			.sorted(Comparator.comparingInt((job) -> job.spec.priority()))
			.toList();
	}

	/** Jobs that wait for a time that has come. */
	List<ModelJob> due() {
		Instant now = this.books.now();
		return this.books.jobs((job) -> job.isDue(now)).stream().sorted(OF_PROMOTION).toList();
	}

	/** Makes a job wait for its time; if that has come, at the end of its priority. */
	void await(ModelJob job, Instant time, JobState waiting) {
		job.dropLease();
		job.runAt = time;
		if (time.isAfter(this.books.now())) {
			job.state = waiting;
		}
		else {
			toTheEnd(job);
		}
	}

	void toTheEnd(ModelJob job) {
		becomeReady(job, false);
	}

	/** Its time stays what it was. */
	void toTheFront(ModelJob job) {
		job.dropLease();
		becomeReady(job, true);
	}

	private void becomeReady(ModelJob job, boolean front) {
		job.state = JobState.READY;
		job.front = front;
		job.place = this.books.nextNumber();
	}

}
