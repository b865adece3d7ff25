package dev.q.cli.enqueue;

import java.util.Map;

import dev.q.JobRequest;
import dev.q.admin.view.JsonMap;
import dev.q.job.JobId;

/**
 * A line of an input that can be stored.
 *
 * @param number which line
 * @param id of its job
 * @param request its job
 * @param size bytes of its payload
 */
record Line(long number, JobId id, JobRequest request, int size) {

	Line {
		request = request.withId(id);
	}

	Map<String, Object> json() {
		return new JsonMap().with("line", this.number).with("id", this.id).map();
	}

}
