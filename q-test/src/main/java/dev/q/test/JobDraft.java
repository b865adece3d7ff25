package dev.q.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;

/**
 * A job for a test: ordinary but for what the test says of it. Each draft that starts
 * with {@link #aJob()} has an id of its own, and ids rise in the order in which drafts
 * are made.
 *
 * @param id its identity
 * @param spec what it is
 * @param due when it is to become ready
 * @since 0.1
 */
public record JobDraft(JobId id, JobSpec spec, Due due) {

	/** Type of jobs that name none. */
	public static final TypeName TYPE = new TypeName("test");

	private static final Instant FIRST_ID = Instant.parse("2024-01-01T00:00:00Z");

	private static final AtomicInteger IDS = new AtomicInteger();

	/**
	 * An ordinary job: default queue and priority, ready at once.
	 * @return a draft with an id of its own
	 */
	public static JobDraft aJob() {
		int number = IDS.incrementAndGet();
		JobId id = JobId.timeOrdered(FIRST_ID.plusMillis(number), 0, number);
		return new JobDraft(id, JobSpec.of(QueueName.DEFAULT, TYPE, payload("job " + number)), Due.NOW);
	}

	/**
	 * A payload of a text.
	 * @param text the text
	 * @return its bytes
	 */
	public static Payload payload(String text) {
		return Payload.octets(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The same job under another id.
	 * @param value the id
	 * @return a copy
	 */
	public JobDraft as(JobId value) {
		return new JobDraft(value, this.spec, this.due);
	}

	/**
	 * The same job in another queue.
	 * @param queue the queue
	 * @return a copy
	 */
	public JobDraft in(QueueName queue) {
		return with(queue, this.spec.type(), this.spec.payload());
	}

	/**
	 * The same job of another type.
	 * @param type the type
	 * @return a copy
	 */
	public JobDraft ofType(TypeName type) {
		return with(this.spec.queue(), type, this.spec.payload());
	}

	/**
	 * The same job with another payload.
	 * @param payload the payload
	 * @return a copy
	 */
	public JobDraft carrying(Payload payload) {
		return with(this.spec.queue(), this.spec.type(), payload);
	}

	/**
	 * The same job with another priority.
	 * @param priority 0 to 9
	 * @return a copy
	 */
	public JobDraft withPriority(int priority) {
		return with(this.spec.withPriority(priority));
	}

	/**
	 * The same job with a unique key, held until it is done.
	 * @param key the key
	 * @return a copy
	 */
	public JobDraft uniqueBy(String key) {
		return with(this.spec.withUnique(UniqueKey.of(key)));
	}

	/**
	 * The same job, to be started once at most.
	 * @return a copy
	 */
	public JobDraft startingOnce() {
		return with(this.spec.withDelivery(DeliveryMode.AT_MOST_ONCE));
	}

	/**
	 * The same job with a unique key.
	 * @param key the key
	 * @param scope how long it is held
	 * @param conflict what happens to the job if the key is taken
	 * @return a copy
	 */
	public JobDraft uniqueBy(String key, UniqueKey.Scope scope, UniqueKey.Conflict conflict) {
		return with(this.spec.withUnique(new UniqueKey(key, scope, conflict)));
	}

	/**
	 * The same job with tags and headers.
	 * @param tags the tags
	 * @param headers the headers
	 * @return a copy
	 */
	public JobDraft annotated(Set<String> tags, Map<String, String> headers) {
		return with(this.spec.annotated(tags, headers));
	}

	/**
	 * The same job with other limits.
	 * @param change what is changed of its limits
	 * @return a copy
	 */
	public JobDraft limited(UnaryOperator<JobLimits> change) {
		return with(this.spec.withLimits(change.apply(this.spec.limits())));
	}

	/**
	 * The same job, dead after so many lost workers.
	 * @param crashes 1 or more
	 * @return a copy
	 */
	public JobDraft survivingLessThan(int crashes) {
		return limited((limits) -> limits.withMaxCrashes(crashes));
	}

	/**
	 * The same job with a lease of its own.
	 * @param lease how long a claim of it holds
	 * @return a copy
	 */
	public JobDraft leasedFor(Duration lease) {
		return limited((limits) -> limits.withLease(lease));
	}

	/**
	 * The same job with a time to live.
	 * @param age age at which it expires
	 * @return a copy
	 */
	public JobDraft livingFor(Duration age) {
		return limited((limits) -> limits.expiring(age, limits.deadline()));
	}

	/**
	 * The same job with a deadline.
	 * @param instant when it expires
	 * @return a copy
	 */
	public JobDraft until(Instant instant) {
		return limited((limits) -> limits.expiring(limits.timeToLive(), instant));
	}

	/**
	 * The same job, delayed.
	 * @param delay how long
	 * @return a copy
	 */
	public JobDraft delayedBy(Duration delay) {
		return due(Due.in(delay));
	}

	/**
	 * The same job at another time.
	 * @param time when it is to become ready
	 * @return a copy
	 */
	public JobDraft due(Due time) {
		return new JobDraft(this.id, this.spec, time);
	}

	/**
	 * The job as a store takes it.
	 * @return the job
	 */
	public NewJob toNewJob() {
		return new NewJob(this.id, this.spec, this.due);
	}

	/**
	 * The same job with another spec.
	 * @param value what it is
	 * @return a copy
	 */
	public JobDraft with(JobSpec value) {
		return new JobDraft(this.id, value, this.due);
	}

	private JobDraft with(QueueName queue, TypeName type, Payload payload) {
		return with(new JobSpec(queue, type, this.spec.payloadVersion(), payload, this.spec.priority(),
				this.spec.limits(), this.spec.delivery(), this.spec.durability(), this.spec.unique(), this.spec.retry(),
				this.spec.tags(), this.spec.headers()));
	}

}
