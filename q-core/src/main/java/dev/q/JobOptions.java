package dev.q;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;

/**
 * How a job is to be run. Immutable: each method returns a copy that differs in one
 * point. What is not said here is taken from the next layer: call, handler, queue,
 * application.
 *
 * @since 0.1
 */
public final class JobOptions {

	/** Says nothing. */
	public static final JobOptions NONE = new JobOptions(Map.of());

	private final Map<JobOption<?>, Object> values;

	private JobOptions(Map<JobOption<?>, Object> values) {
		this.values = values;
	}

	/**
	 * Where the job waits.
	 * @param name name of the queue
	 * @return a copy
	 */
	public JobOptions queue(String name) {
		return set(JobOption.QUEUE, new QueueName(name));
	}

	/**
	 * After which delay the job becomes ready, by the store's clock.
	 * @param delay zero or less means at once
	 * @return a copy
	 */
	public JobOptions in(Duration delay) {
		return set(JobOption.DUE, Due.in(delay));
	}

	/**
	 * When the job becomes ready, by the store's clock.
	 * @param instant an instant that has passed means at once
	 * @return a copy
	 */
	public JobOptions at(Instant instant) {
		return set(JobOption.DUE, Due.at(instant));
	}

	/**
	 * How urgent the job is within its queue.
	 * @param value 0 to 9, 0 first; 5 unless set
	 * @return a copy
	 */
	public JobOptions priority(int value) {
		return set(JobOption.PRIORITY, JobSpec.requirePriority(value));
	}

	/**
	 * After how many failures the job is dead.
	 * @param count 1 or more; 25 unless set
	 * @return a copy
	 */
	public JobOptions maxAttempts(int count) {
		return set(JobOption.MAX_ATTEMPTS, JobLimits.DEFAULT.withMaxAttempts(count).maxAttempts());
	}

	/**
	 * After how many lost workers the job is dead.
	 * @param count 1 or more; 3 unless set
	 * @return a copy
	 */
	public JobOptions maxCrashes(int count) {
		return set(JobOption.MAX_CRASHES, JobLimits.DEFAULT.withMaxCrashes(count).maxCrashes());
	}

	/**
	 * How long to wait between attempts.
	 * @param policy a policy as text or the name of a policy bean, as in
	 * {@link JobHandler#retry()}
	 * @return a copy
	 */
	public JobOptions retry(String policy) {
		return set(JobOption.RETRY, JobSpec.requireRetry(policy));
	}

	/**
	 * How long a claim of the job holds without renewal.
	 * @param length 1 s to 24 h; the worker's setting unless set
	 * @return a copy
	 */
	public JobOptions lease(Duration length) {
		return set(JobOption.LEASE, JobLimits.requireLease(length));
	}

	/**
	 * How long one attempt may run; see {@link JobHandler#timeout()} for what happens
	 * then.
	 * @param length more than zero, 365 days at most; the handler's unless set
	 * @return a copy
	 */
	public JobOptions timeout(Duration length) {
		return set(JobOption.TIMEOUT, JobLimits.requireTimeout(length));
	}

	/**
	 * At which age the job expires if it has not ended. A delay that is not less is
	 * refused when the job is enqueued. An instant to start at is not compared with it,
	 * since only the store's clock knows when the age begins: such a job expires before
	 * it is ready.
	 * @param age more than zero; never unless set
	 * @return a copy
	 */
	public JobOptions timeToLive(Duration age) {
		return set(JobOption.TIME_TO_LIVE, JobLimits.requirePositive("A time to live", age));
	}

	/**
	 * When the job expires if it has not ended.
	 * @param instant when; never unless set
	 * @return a copy
	 */
	public JobOptions deadline(Instant instant) {
		return set(JobOption.DEADLINE, instant);
	}

	/**
	 * How often the job may be handed out when things go wrong.
	 * @param mode at least once unless set
	 * @return a copy
	 */
	public JobOptions delivery(DeliveryMode mode) {
		return set(JobOption.DELIVERY, mode);
	}

	/**
	 * How safe the job must be before its enqueue returns.
	 * @param level the store's own setting unless set
	 * @return a copy
	 */
	public JobOptions durability(Durability level) {
		return set(JobOption.DURABILITY, level);
	}

	/**
	 * Which key the job holds in its queue.
	 * @param key key, scope and what happens when it is taken
	 * @return a copy
	 */
	public JobOptions unique(UniqueKey key) {
		return new JobOptions(Map.of(JobOption.UNIQUE, key)).over(this);
	}

	/**
	 * That the payload of the job is its key; goes in the place of {@link #unique}.
	 * @param rule scope and what happens when there is a job of this payload
	 * @return a copy
	 */
	public JobOptions uniqueByPayload(UniqueKey.ByPayload rule) {
		return new JobOptions(Map.of(JobOption.UNIQUE_BY_PAYLOAD, rule)).over(this);
	}

	/**
	 * How many jobs may wait in the queue when this one is in.
	 * @param limit 1 or more; the store's own limit unless set
	 * @return a copy
	 * @throws IllegalArgumentException if the limit is less than 1
	 */
	public JobOptions maxLength(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("A maximum length must be at least 1, but was " + limit);
		}
		return set(JobOption.MAX_LENGTH, limit);
	}

	/**
	 * What the enqueue has to do with the transaction of its caller. A job that waits for
	 * a commit is checked and encoded at the call; whether its queue has room, and
	 * whether its key is free, shows at the commit, and a delay counts from there.
	 * @param mode unless set the job joins the transaction if the store can, else it is
	 * stored after the commit
	 * @return a copy
	 */
	public JobOptions transaction(TransactionMode mode) {
		return set(JobOption.TRANSACTION, mode);
	}

	/**
	 * Version of the payload's shape.
	 * @param version 1 or more; 1 unless set
	 * @return a copy
	 */
	public JobOptions payloadVersion(int version) {
		return set(JobOption.PAYLOAD_VERSION, JobSpec.requireVersion(version));
	}

	/**
	 * A mark to find the job by. Marks of all layers add up.
	 * @param tag 1 to 128 characters of {@code [A-Za-z0-9._-]}
	 * @return a copy
	 */
	public JobOptions tag(String tag) {
		return over(new JobOptions(Map.of(JobOption.TAGS, Set.of(JobSpec.requireTag(tag)))));
	}

	/**
	 * A text for interceptors and handlers. Headers of all layers add up.
	 * @param name 1 to 128 characters of {@code [A-Za-z0-9._-]}
	 * @param value any text
	 * @return a copy
	 */
	public JobOptions header(String name, String value) {
		return new JobOptions(Map.of(JobOption.HEADERS, Map.of(JobSpec.requireHeaderName(name), value))).over(this);
	}

	/**
	 * What these options say of a point.
	 * @param <T> type of the value
	 * @param option which point
	 * @return what they say, or empty if they leave it to the next layer
	 */
	public <T> Optional<T> get(JobOption<T> option) {
		return Optional.ofNullable(this.values.get(option)).map(option::cast);
	}

	/**
	 * Lays these options over others.
	 * @param lower what counts where these say nothing
	 * @return both in one
	 */
	public JobOptions over(JobOptions lower) {
		if (this.values.isEmpty() || lower.values.isEmpty()) {
			return this.values.isEmpty() ? lower : this;
		}
		Map<JobOption<?>, Object> merged = new HashMap<>(lower.values);
		if (this.values.containsKey(JobOption.UNIQUE) || this.values.containsKey(JobOption.UNIQUE_BY_PAYLOAD)) {
			merged.remove(JobOption.UNIQUE); // a job has one key
			merged.remove(JobOption.UNIQUE_BY_PAYLOAD);
		}
		this.values.forEach((option, value) -> merged.merge(option, value, JobOptions::layer));
		return new JobOptions(merged);
	}

	private <T> JobOptions set(JobOption<T> option, T value) {
		Map<JobOption<?>, Object> changed = new HashMap<>(this.values);
		changed.put(option, Objects.requireNonNull(value, () -> option + " is null. Leave it out instead"));
		return new JobOptions(changed);
	}

	private static Object layer(Object lower, Object upper) {
		if (lower instanceof Set<?> below && upper instanceof Set<?> above) {
			Set<Object> sum = new HashSet<>(below);
			sum.addAll(above);
			return Set.copyOf(sum);
		}
		if (lower instanceof Map<?, ?> below && upper instanceof Map<?, ?> above) {
			Map<Object, Object> sum = new HashMap<>(below);
			sum.putAll(above);
			return Map.copyOf(sum);
		}
		return upper;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof JobOptions that && this.values.equals(that.values);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.values);
	}

	/**
	 * Says which points are set, not how: keys and headers do not belong in logs.
	 */
	@Override
	public String toString() {
		return "JobOptions" + this.values.keySet();
	}

}
