package dev.q.admin;

import java.util.Map;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.JobSpec;
import dev.q.job.Payload;

/**
 * A change of one job, from what somebody saw to what it is to be.
 *
 * @param seen the job as it was seen
 * @param wanted what it is to be
 * @since 0.1
 */
public record JobEdit(Job seen, JobSpec wanted) {

	/**
	 * An edit that changes nothing yet.
	 * @param seen the job as it was seen
	 * @return the edit
	 */
	public static JobEdit of(Job seen) {
		return new JobEdit(seen, seen.spec());
	}

	/**
	 * The same edit with another payload.
	 * @param payload what the handler is given
	 * @return a copy
	 */
	public JobEdit payload(Payload payload) {
		return payload(this.wanted.payloadVersion(), payload);
	}

	/**
	 * The same edit with another payload of another shape.
	 * @param version version of the payload's shape, 1 or more
	 * @param payload what the handler is given
	 * @return a copy
	 */
	public JobEdit payload(int version, Payload payload) {
		JobSpec spec = this.wanted;
		return new JobEdit(this.seen,
				new JobSpec(spec.queue(), spec.type(), version, payload, spec.priority(), spec.limits(),
						spec.delivery(), spec.durability(), spec.unique(), spec.retry(), spec.tags(), spec.headers()));
	}

	/**
	 * The same edit with another priority.
	 * @param value 0 to 9, 0 first
	 * @return a copy
	 */
	public JobEdit priority(int value) {
		return new JobEdit(this.seen, this.wanted.withPriority(value));
	}

	/**
	 * The same edit with other tags.
	 * @param tags all tags that the job is to have
	 * @return a copy
	 */
	public JobEdit tags(Set<String> tags) {
		return new JobEdit(this.seen, this.wanted.annotated(tags, this.wanted.headers()));
	}

	/**
	 * The same edit with other headers.
	 * @param headers all headers that the job is to have
	 * @return a copy
	 */
	public JobEdit headers(Map<String, String> headers) {
		return new JobEdit(this.seen, this.wanted.annotated(this.wanted.tags(), headers));
	}

}
