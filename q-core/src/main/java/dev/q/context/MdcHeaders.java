package dev.q.context;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.JobContext;
import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.hook.EnqueueInterceptor;
import dev.q.hook.JobInterceptor;
import dev.q.job.JobSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Takes named keys of the MDC along: what the thread has that enqueues travels as headers
 * of the job, and is in the MDC again while its handler runs, whichever process that is.
 * Afterwards the thread has what it had before. Both sides name the keys, so that nobody
 * who enqueues can put others into the log of a worker.
 *
 * <p>
 * A header is called {@value #PREFIX} and the key. A value of more than
 * {@value #LONGEST_VALUE} characters stays behind, since half of it might be taken for
 * another one. A header that the request brings along itself stays as it is. Jobs that a
 * schedule fires have nothing to take along.
 *
 * @since 0.1
 */
public final class MdcHeaders implements EnqueueInterceptor, JobInterceptor {

	/** First part of the names of headers. */
	public static final String PREFIX = "mdc.";

	/** Most keys that can be named. */
	public static final int MOST_KEYS = 16;

	/** Most characters of a value, so that room is left for other headers. */
	public static final int LONGEST_VALUE = 256;

	/** Key, and name of its header. */
	private final Map<String, String> headers;

	/**
	 * Names the keys.
	 * @param keys which keys, {@value #MOST_KEYS} at most
	 * @throws IllegalArgumentException if there are more, if a key cannot be part of the
	 * name of a header, or if it is one that a worker sets itself
	 */
	public MdcHeaders(List<String> keys) {
		Set<String> each = new LinkedHashSet<>(keys);
		if (each.size() > MOST_KEYS) {
			throw new IllegalArgumentException(
					"At most %d keys of the MDC can travel with a job, but %d are named. Name the most useful ones"
						.formatted(MOST_KEYS, each.size()));
		}
		Map<String, String> named = new LinkedHashMap<>();
		each.forEach((key) -> named.put(key, headerOf(key)));
		this.headers = Map.copyOf(named);
	}

	private static String headerOf(String key) {
		if (key.isEmpty() || key.startsWith("q.")) {
			throw new IllegalArgumentException(
					"Key '%s' of the MDC cannot travel with a job: it must not be empty, nor begin with \"q.\", as those do that a worker sets"
						.formatted(key));
		}
		return JobSpec.requireHeaderName(PREFIX + key);
	}

	@Override
	public JobRequest beforeEnqueue(JobRequest request) {
		Map<String, String> own = request.options().get(JobOption.HEADERS).orElse(Map.of());
		JobRequest carrying = request;
		for (Map.Entry<String, String> each : this.headers.entrySet()) {
			String value = MDC.get(each.getKey());
			if (value != null && value.length() <= LONGEST_VALUE && !own.containsKey(each.getValue())) {
				carrying = carrying.with((JobOptions options) -> options.header(each.getValue(), value));
			}
		}
		return carrying;
	}

	@Override
	public @Nullable Object around(JobContext context, Next next) throws Exception {
		Map<String, String> brought = context.job().spec().headers();
		Map<String, @Nullable String> before = new LinkedHashMap<>();
		this.headers.forEach((key, header) -> {
			String value = brought.get(header);
			if (value != null) {
				before.put(key, MDC.get(key));
				MDC.put(key, value);
			}
		});
		try {
			return next.proceed();
		}
		finally {
			before.forEach(MdcHeaders::restore);
		}
	}

	private static void restore(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
