package dev.q.sample.web;

import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job as clients see it: never with its payload.
 *
 * @param id its identity
 * @param type what it is
 * @param queue where it is
 * @param state where it stands
 * @param attempt number of the attempt that runs now or comes next, or of the last one
 * @param counters what has happened to it
 * @param times when that happened
 * @param error its last failure in a line, or null
 * @param result what it left behind, or null
 */
record JobView(String id, String type, String queue, JobState state, int attempt, JobCounters counters, JobTimes times,
		@Nullable String error, @Nullable JsonNode result) {

	static JobView of(JobDetails details, JsonMapper json) {
		JobError error = details.lastError();
		return new JobView(details.id().toString(), details.job().spec().type().value(),
				details.job().spec().queue().value(), details.state(), details.job().attempt(),
				details.job().counters(), details.job().times(), (error != null) ? error.summary() : null,
				result(details.result(), json));
	}

	private static @Nullable JsonNode result(StoredResult result, JsonMapper json) {
		boolean isJson = result instanceof StoredResult.Value value
				&& value.payload().contentType().equals(Payload.JSON);
		return isJson ? json.readTree(((StoredResult.Value) result).payload().newInputStream()) : null;
	}

}
