package dev.q.boot.endpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.q.admin.explain.Explanation;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobSpec;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in answers.
 *
 * @param showsPayloads whether payloads, results, headers and stack traces are shown
 */
record JobJson(boolean showsPayloads) {

	Map<String, Object> of(Job job) {
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

	Map<String, Object> of(JobDetails details, Explanation explanation) {
		JobSpec spec = details.job().spec();
		return new JsonMap().withAll(of(details.job()))
			.with("headers", this.showsPayloads ? new TreeMap<>(spec.headers()) : null)
			.with("uniqueKey", (spec.unique() != null) ? spec.unique().value() : null)
			.with("lastError", of(details.lastError()))
			.with("deadReason", details.deadReason())
			.with("cancelReason", details.cancelReason())
			.with("worker", details.worker())
			.with("leasedUntil", details.leasedUntil())
			.with("result", of(details.result()))
			.with("explanation", explanation.toMap())
			.map();
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

	private @Nullable Map<String, Object> of(@Nullable JobError error) {
		return (error != null) ? new JsonMap().with("type", error.type())
			.with("message", error.message())
			.with("stackTrace", this.showsPayloads ? error.stackTrace() : null)
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
		if (this.showsPayloads) {
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
