package dev.q.admin.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.q.admin.explain.Explanation;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import dev.q.job.history.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as maps. Safe for use by many threads.
 *
 * @since 0.1
 */
public enum JobView {

	/** All there is: payloads, results, headers and stack traces too. */
	WHOLE,

	/** Without what users wrote: of payloads and results the kind and the size. */
	WITHOUT_PAYLOADS;

	/**
	 * A job as it is found among others.
	 * @param job the job
	 * @return its fields
	 */
	public Map<String, Object> of(Job job) {
		JobSpec spec = job.spec();
		return new JsonMap().with("id", job.id())
			.with("queue", spec.queue())
			.with("type", spec.type())
			.with("state", job.state())
			.with("held", job.isHeld() ? true : null)
			.with("priority", spec.priority())
			.with("attempt", job.attempt())
			.with("maxAttempts", spec.limits().maxAttempts())
			.with("counters", of(job.counters()))
			.withAll(of(job.times()))
			.with("tags", new TreeSet<>(spec.tags()))
			.with("payload", of(spec.payload()))
			.map();
	}

	/**
	 * All that is known of a job.
	 * @param details the job
	 * @param attempts what became of its attempts, the oldest first
	 * @param explanation why it stands where it stands
	 * @return its fields
	 */
	public Map<String, Object> of(JobDetails details, List<AttemptRecord> attempts, Explanation explanation) {
		JobSpec spec = details.job().spec();
		return new JsonMap().withAll(of(details.job()))
			.with("payloadVersion", spec.payloadVersion())
			.with("delivery", spec.delivery())
			.with("retry", spec.retry())
			.with("limits", of(spec.limits()))
			.with("unhandledSince", details.job().times().unhandledSince())
			.with("headers", showsPayloads() ? new TreeMap<>(spec.headers()) : null)
			.with("uniqueKey", (spec.unique() != null) ? spec.unique().value() : null)
			.with("lastError", of(details.lastError()))
			.with("deadReason", details.deadReason())
			.with("cancelReason", details.cancelReason())
			.with("worker", details.worker())
			.with("leasedUntil", details.leasedUntil())
			.with("result", of(details.result()))
			.with("attempts", attempts.stream().map(this::of).toList())
			.with("explanation", explanation.toMap())
			.map();
	}

	private Map<String, Object> of(AttemptRecord attempt) {
		return new JsonMap().with("number", attempt.number())
			.with("outcome", attempt.outcome())
			.with("worker", attempt.worker())
			.with("startedAt", attempt.startedAt())
			.with("endedAt", attempt.endedAt())
			.with("error", of(attempt.error()))
			.map();
	}

	private boolean showsPayloads() {
		return this == WHOLE;
	}

	private static Map<String, Object> of(JobCounters counters) {
		return new JsonMap().with("deliveries", counters.deliveries())
			.with("failures", counters.failures())
			.with("crashes", counters.crashes())
			.with("nacks", counters.nacks())
			.with("releases", counters.releases())
			.map();
	}

	private static Map<String, Object> of(JobTimes times) {
		return new JsonMap().with("createdAt", times.createdAt())
			.with("runAt", times.runAt())
			.with("expiresAt", times.expiresAt())
			.with("startedAt", times.startedAt())
			.with("finishedAt", times.finishedAt())
			.map();
	}

	private static Map<String, Object> of(JobLimits limits) {
		return new JsonMap().with("maxCrashes", limits.maxCrashes())
			.with("lease", limits.lease())
			.with("timeout", limits.timeout())
			.with("timeToLive", limits.timeToLive())
			.with("deadline", limits.deadline())
			.map();
	}

	private @Nullable Map<String, Object> of(@Nullable JobError error) {
		return (error != null) ? new JsonMap().with("type", error.type())
			.with("message", error.message())
			.with("stackTrace", showsPayloads() ? error.stackTrace() : null)
			.map() : null;
	}

	private @Nullable Map<String, Object> of(StoredResult result) {
		if (result instanceof StoredResult.Value value) {
			return of(value.payload());
		}
		return (result instanceof StoredResult.Omitted omitted) ? new JsonMap().with("omitted", omitted.reason()).map()
				: null;
	}

	private Map<String, Object> of(Payload payload) {
		JsonMap map = new JsonMap().with("contentType", payload.contentType()).with("size", payload.size());
		if (showsPayloads()) {
			byte[] bytes = payload.toByteArray();
			try {
				map.with("text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
			}
			catch (CharacterCodingException ex) {
				map.with("base64", Base64.getEncoder().encodeToString(bytes));
			}
		}
		return map.map();
	}

}
