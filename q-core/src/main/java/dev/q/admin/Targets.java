package dev.q.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import org.jspecify.annotations.Nullable;

/**
 * What acts are done to, as the audit is told.
 */
final class Targets {

	private Targets() {
	}

	static Map<String, Object> of(Collection<JobId> ids) {
		return Map.of("ids", ids.stream().map(JobId::toString).toList());
	}

	static Map<String, Object> of(JobEdit edit) {
		return of(List.of(edit.seen().id()));
	}

	static Map<String, Object> of(Collection<JobId> ids, String name, Object value) {
		Map<String, Object> target = new LinkedHashMap<>(of(ids));
		target.put(name, value.toString());
		return target;
	}

	static Map<String, Object> of(QueueName queue) {
		return Map.of("queue", queue.value());
	}

	static Map<String, Object> of(QueueName queue, PauseMode mode) {
		Map<String, Object> target = new LinkedHashMap<>(of(queue));
		target.put("mode", mode.name());
		return target;
	}

	static Map<String, Object> of(BulkRequest request) {
		JobFilter filter = request.filter();
		Map<String, Object> target = new LinkedHashMap<>();
		put(target, "states", filter.states().isEmpty() ? null : List.copyOf(filter.states()).toString());
		put(target, "queue", filter.queue());
		put(target, "type", filter.type());
		put(target, "tag", filter.tag());
		put(target, "storedBefore", filter.storedBefore());
		put(target, "cursor", request.cursor());
		put(target, "detail", request.action().detail());
		target.put("limit", request.limit());
		return target;
	}

	private static void put(Map<String, Object> target, String name, @Nullable Object value) {
		if (value != null) {
			target.put(name, value.toString());
		}
	}

}
