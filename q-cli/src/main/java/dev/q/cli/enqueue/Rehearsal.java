package dev.q.cli.enqueue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.q.admin.view.JsonMap;
import dev.q.job.Due;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;

/**
 * A job that would be stored, with what the configuration says of it. Its payload is the
 * asker's own, and only described.
 *
 * @param job the job
 */
record Rehearsal(NewJob job) {

	Map<String, Object> json() {
		JobSpec spec = this.job.spec();
		return new JsonMap().with("dryRun", true)
			.with("queue", spec.queue())
			.with("type", spec.type())
			.with("priority", spec.priority())
			.with("maxAttempts", spec.limits().maxAttempts())
			.with("in", (this.job.due() instanceof Due.After after) ? after.delay() : null)
			.with("at", (this.job.due() instanceof Due.At at) ? at.instant() : null)
			.with("delivery", spec.delivery())
			.with("uniqueKey", (spec.unique() != null) ? spec.unique().value() : null)
			.with("tags", new TreeSet<>(spec.tags()))
			.with("payload",
					new JsonMap().with("contentType", spec.payload().contentType())
						.with("size", spec.payload().size())
						.map())
			.map();
	}

	List<String> text() {
		JobSpec spec = this.job.spec();
		return List.of("A job of type %s would be stored in queue %s, priority %d, %d attempts, payload %s"
			.formatted(spec.type(), spec.queue(), spec.priority(), spec.limits().maxAttempts(), spec.payload()));
	}

}
