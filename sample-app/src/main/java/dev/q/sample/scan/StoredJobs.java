package dev.q.sample.scan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.q.JobTemplate;
import dev.q.codec.PayloadCodec;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.StoredResult;

import org.springframework.stereotype.Component;

/**
 * Jobs as they lie in the store, and what they left behind.
 */
@Component
class StoredJobs {

	private final JobTemplate jobs;

	private final PayloadCodec codec;

	StoredJobs(JobTemplate jobs, PayloadCodec codec) {
		this.jobs = jobs;
		this.codec = codec;
	}

	List<JobDetails> find(String queue, Collection<JobId> ids) {
		return this.jobs.findAll(queue, ids);
	}

	<T> Optional<T> result(JobDetails job, Class<T> type) {
		return (job.result() instanceof StoredResult.Value value)
				? Optional.ofNullable(type.cast(this.codec.decode(value.payload(), type))) : Optional.empty();
	}

}
