package dev.q.test.model;

import java.util.Optional;

import dev.q.job.JobSpec;
import dev.q.job.UniqueKey;

/**
 * Unique keys: a job holds its key as long as it has not ended.
 *
 * @param books what is known
 */
record Keys(Books books) {

	/** The job that holds the key of another one. */
	Optional<ModelJob> holder(JobSpec spec) {
		UniqueKey wanted = spec.unique();
		if (wanted == null) {
			return Optional.empty();
		}
		return this.books.jobs(spec.queue(), (job) -> !job.state.isTerminal() && hasKey(job, wanted.value()))
			.stream()
			.findFirst();
	}

	private static boolean hasKey(ModelJob job, String value) {
		UniqueKey key = job.spec.unique();
		return key != null && key.value().equals(value);
	}

}
