package dev.q.job;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a job is. Does not change once the job is stored, but for the payload with its
 * type and version, which another job of the same unique key may replace as long as the
 * job has never been claimed.
 *
 * @param queue where it waits
 * @param type which handler runs it
 * @param payloadVersion version of the payload's shape, 1 or more; written by the
 * producer, read by handlers that know several
 * @param payload what the handler is given
 * @param priority 0 to 9, 0 first, 5 by default
 * @param limits how often it may start and how long it may take
 * @param delivery how often it may be handed out when things go wrong
 * @param durability how safe it must be before its enqueue returns
 * @param unique the key it holds, or null if any number of its like may wait
 * @param retry name or text of the retry policy, or null for the handler's or the
 * worker's
 * @param tags marks to find it by; each 1 to 128 characters of {@code [A-Za-z0-9._-]}
 * @param headers text for interceptors and handlers, such as a trace context; names as
 * for tags, {@link #MAX_HEADERS} characters in all
 * @since 0.1
 */
public record JobSpec(QueueName queue, TypeName type, int payloadVersion, Payload payload, int priority,
		JobLimits limits, DeliveryMode delivery, Durability durability, @Nullable UniqueKey unique,
		@Nullable String retry, Set<String> tags, Map<String, String> headers) {

	/** The last priority to be served. The first is 0. */
	public static final int LOWEST_PRIORITY = 9;

	/** Most characters that all headers may have, names and values together. */
	public static final int MAX_HEADERS = 8 * 1024;

	/** Most characters of a retry policy. */
	public static final int MAX_RETRY = 256;

	/** Priority of a job that names none. */
	public static final int DEFAULT_PRIORITY = 5;

	/**
	 * Checks the parts and copies the collections.
	 * @throws IllegalArgumentException if a part is out of its range; the message says
	 * which and why
	 */
	public JobSpec {
		requirePriority(priority);
		requireVersion(payloadVersion);
		tags = Set.copyOf(tags);
		headers = Map.copyOf(headers);
		tags.forEach(JobSpec::requireTag);
		requireHeaders(headers);
	}

	/**
	 * A job with nothing but what every job has.
	 * @param queue where it waits
	 * @param type which handler runs it
	 * @param payload what the handler is given
	 * @return the spec, all else at its default
	 */
	public static JobSpec of(QueueName queue, TypeName type, Payload payload) {
		return new JobSpec(queue, type, 1, payload, DEFAULT_PRIORITY, JobLimits.DEFAULT, DeliveryMode.AT_LEAST_ONCE,
				Durability.STANDARD, null, null, Set.of(), Map.of());
	}

	/**
	 * Checks a priority.
	 * @param priority the priority
	 * @return the same priority
	 * @throws IllegalArgumentException if it is not between 0 and 9
	 */
	public static int requirePriority(int priority) {
		if (priority < 0 || priority > LOWEST_PRIORITY) {
			throw new IllegalArgumentException(
					"A priority must be from 0 (first) to %d (last), but was %d".formatted(LOWEST_PRIORITY, priority));
		}
		return priority;
	}

	/**
	 * Checks how a retry policy is written, not what it means: who enqueues need not know
	 * the policies of the worker.
	 * @param policy the policy
	 * @return the same policy
	 * @throws IllegalArgumentException if it is blank or has more than 256 characters
	 */
	public static String requireRetry(String policy) {
		if (policy.isBlank() || policy.length() > MAX_RETRY) {
			throw new IllegalArgumentException(
					"A retry policy must have 1 to %d characters that are not all blank, but %s has %d. Leave it out for the one of the next layer"
						.formatted(MAX_RETRY, Names.quoted(policy), policy.length()));
		}
		return policy;
	}

	/**
	 * Checks a version of a payload's shape.
	 * @param version the version
	 * @return the same version
	 * @throws IllegalArgumentException if it is less than 1
	 */
	public static int requireVersion(int version) {
		if (version < 1) {
			throw new IllegalArgumentException("A payload version must be at least 1, but was " + version);
		}
		return version;
	}

	/**
	 * Checks a tag.
	 * @param tag the tag
	 * @return the same tag
	 * @throws IllegalArgumentException if it breaks the rule of names
	 */
	public static String requireTag(String tag) {
		return Names.require("A tag", tag);
	}

	/**
	 * Checks the name of a header.
	 * @param name the name
	 * @return the same name
	 * @throws IllegalArgumentException if it breaks the rule of names
	 */
	public static String requireHeaderName(String name) {
		return Names.require("A header name", name);
	}

	/**
	 * The same job with the payload of another one, and with the type and the version
	 * that belong to it.
	 * @param other where they are taken from
	 * @return a copy
	 */
	public JobSpec withPayloadOf(JobSpec other) {
		return new JobSpec(this.queue, other.type, other.payloadVersion, other.payload, this.priority, this.limits,
				this.delivery, this.durability, this.unique, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with another priority.
	 * @param value 0 to 9, 0 first
	 * @return a copy
	 */
	public JobSpec withPriority(int value) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, value, this.limits, this.delivery,
				this.durability, this.unique, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with other limits.
	 * @param value how often it may start and how long it may take
	 * @return a copy
	 */
	public JobSpec withLimits(JobLimits value) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, this.priority, value,
				this.delivery, this.durability, this.unique, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with a unique key.
	 * @param value the key, or null for none
	 * @return a copy
	 */
	public JobSpec withUnique(@Nullable UniqueKey value) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, this.priority, this.limits,
				this.delivery, this.durability, value, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with another promise of how often it is delivered.
	 * @param value how often it may be handed out when things go wrong
	 * @return a copy
	 */
	public JobSpec withDelivery(DeliveryMode value) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, this.priority, this.limits, value,
				this.durability, this.unique, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with another safety.
	 * @param value how safe it must be before its enqueue returns
	 * @return a copy
	 */
	public JobSpec withDurability(Durability value) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, this.priority, this.limits,
				this.delivery, value, this.unique, this.retry, this.tags, this.headers);
	}

	/**
	 * The same job with other tags and headers.
	 * @param marks marks to find it by
	 * @param entries text for interceptors and handlers
	 * @return a copy
	 */
	public JobSpec annotated(Set<String> marks, Map<String, String> entries) {
		return new JobSpec(this.queue, this.type, this.payloadVersion, this.payload, this.priority, this.limits,
				this.delivery, this.durability, this.unique, this.retry, marks, entries);
	}

	private static void requireHeaders(Map<String, String> headers) {
		int size = 0;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			requireHeaderName(header.getKey());
			size += header.getKey().length() + header.getValue().length();
		}
		if (size > MAX_HEADERS) {
			throw new IllegalArgumentException(
					"The headers of a job may have %d characters in all, but have %d".formatted(MAX_HEADERS, size));
		}
	}

}
