package dev.q.test.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.Retention;

/**
 * How long jobs that have ended are kept.
 *
 * @param books what is known
 */
record Finished(Books books) {

	private static final Comparator<ModelJob> BY_END = Comparator
		.<ModelJob, Instant>comparing((job) -> Objects.requireNonNull(job.finishedAt));

	/** What a settlement does when it has ended a job. */
	void settled(ModelJob job, Retention retention) {
		boolean kept = (job.state == JobState.SUCCEEDED) ? retention.keepsSucceeded()
				: !span(job.state, retention).isZero();
		if (!kept) {
			this.books.remove(job);
		}
		else if (job.state == JobState.SUCCEEDED) {
			surplus(job.queue(), retention).forEach(this.books::remove);
		}
	}

	int purge(Retention retention, int limit) {
		List<ModelJob> gone = this.books.jobs((job) -> job.state.isTerminal() && isOverdue(job, retention))
			.stream()
			.sorted(BY_END)
			.limit(limit)
			.toList();
		gone.forEach(this.books::remove);
		return gone.size();
	}

	private boolean isOverdue(ModelJob job, Retention retention) {
		Duration age = Duration.between(job.finishedAt, this.books.now());
		return age.compareTo(span(job.state, retention)) >= 0
				|| (job.state == JobState.SUCCEEDED && surplus(job.queue(), retention).contains(job));
	}

	/** The oldest successes of a queue beyond as many as are kept. */
	private List<ModelJob> surplus(QueueName queue, Retention retention) {
		List<ModelJob> successes = this.books.jobs(queue, (job) -> job.state == JobState.SUCCEEDED);
		int surplus = Math.max(0, successes.size() - retention.succeededPerQueue());
		return successes.stream().sorted(BY_END).limit(surplus).toList();
	}

	private static Duration span(JobState end, Retention retention) {
		return switch (end) {
			case SUCCEEDED -> retention.succeeded();
			case CANCELLED -> retention.cancelled();
			case EXPIRED -> retention.expired();
			case DEAD -> retention.dead();
			default -> throw new IllegalArgumentException(end + " is no end");
		};
	}

}
