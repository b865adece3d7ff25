package dev.q.attempt;

import java.util.Map;

import dev.q.job.Job;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What log lines about a job carry: the keys {@code q.job}, {@code q.queue},
 * {@code q.handler}, {@code q.attempt} and {@code q.worker}. When it is closed, the
 * thread has the context of before, whatever the handler has put into it.
 */
final class LogContext {

	private final @Nullable Map<String, String> before;

	private LogContext(@Nullable Map<String, String> before) {
		this.before = before;
	}

	static LogContext open(Job job, WorkerId worker) {
		LogContext context = new LogContext(MDC.getCopyOfContextMap());
		MDC.put("q.job", job.id().toString());
		MDC.put("q.queue", job.spec().queue().value());
		MDC.put("q.handler", job.spec().type().value());
		MDC.put("q.attempt", Integer.toString(job.attempt()));
		MDC.put("q.worker", worker.value());
		return context;
	}

	void close() {
		if (this.before == null || this.before.isEmpty()) {
			MDC.clear();
		}
		else {
			MDC.setContextMap(this.before);
		}
	}

}
