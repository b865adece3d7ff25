package dev.q.store.jdbc.layout;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * What few jobs have, as lines of {@code name=value}; what is at its default has no line.
 * Times are in the form of ISO 8601.
 *
 * @since 0.1
 */
public final class OptionsText {

	static final String CONTENT = "content";

	static final String VERSION = "version";

	static final String ATTEMPTS = "attempts";

	static final String LEASE = "lease";

	static final String TIMEOUT = "timeout";

	static final String LIFE = "life";

	static final String DEADLINE = "deadline";

	static final String DELIVERY = "delivery";

	static final String DURABILITY = "durability";

	static final String RELAXED = "relaxed";

	static final String KEY = "key";

	static final String SCOPE = "scope";

	static final String CONFLICT = "conflict";

	static final String RETRY = "retry";

	static final String TAG = "tag";

	static final String HEADER = "header.";

	private final StringBuilder out = new StringBuilder();

	private OptionsText() {
	}

	/**
	 * Writes the options of a job.
	 * @param spec the job
	 * @return lines, or null if everything is at its default
	 */
	public static @Nullable String of(JobSpec spec) {
		OptionsText text = new OptionsText();
		String content = spec.payload().contentType();
		text.line(CONTENT, Payload.JSON.equals(content) ? null : content)
			.line(VERSION, (spec.payloadVersion() != 1) ? spec.payloadVersion() : null)
			.limits(spec.limits())
			.line(DELIVERY, (spec.delivery() != DeliveryMode.AT_LEAST_ONCE) ? spec.delivery() : null)
			.line(DURABILITY, durability(spec.durability()))
			.key(spec.unique())
			.line(RETRY, spec.retry());
		new TreeSet<>(spec.tags()).forEach((tag) -> text.line(TAG, tag));
		new TreeMap<>(spec.headers()).forEach((name, value) -> text.line(HEADER + name, value));
		return text.out.isEmpty() ? null : text.out.toString();
	}

	private OptionsText limits(JobLimits limits) {
		boolean isUsual = limits.maxAttempts() == JobLimits.DEFAULT.maxAttempts();
		line(ATTEMPTS, isUsual ? null : limits.maxAttempts());
		Duration lease = limits.lease();
		Duration timeout = limits.timeout();
		Duration life = limits.timeToLive();
		Instant deadline = limits.deadline();
		return line(LEASE, lease).line(TIMEOUT, timeout).line(LIFE, life).line(DEADLINE, deadline);
	}

	private static @Nullable String durability(Durability durability) {
		if (durability instanceof Durability.Replicated replicated) {
			return replicated.replicas() + " " + replicated.timeout();
		}
		return (durability instanceof Durability.Relaxed) ? RELAXED : null;
	}

	private OptionsText key(@Nullable UniqueKey key) {
		if (key != null) {
			line(KEY, key.value());
			line(SCOPE, KeyTerms.text(key));
			line(CONFLICT, (key.conflict() != UniqueKey.Conflict.RETURN_EXISTING) ? key.conflict() : null);
		}
		return this;
	}

	private OptionsText line(String name, @Nullable Object value) {
		if (value != null) {
			if (!this.out.isEmpty()) {
				this.out.append('\n');
			}
			this.out.append(name).append('=').append(Lines.escape(value.toString()));
		}
		return this;
	}

}
