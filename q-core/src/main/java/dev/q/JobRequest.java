package dev.q;

import java.util.function.UnaryOperator;

import dev.q.job.JobId;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A job to be enqueued.
 *
 * @param payload what the handler is given, or null for a handler that takes none
 * @param type which handler runs it, or null to find out from the payload
 * @param id its identity, or null to make one
 * @param options how it is to be run
 * @since 0.1
 */
public record JobRequest(@Nullable Object payload, @Nullable TypeName type, @Nullable JobId id, JobOptions options) {

	/**
	 * Checks that there is something to find the handler by.
	 * @throws IllegalArgumentException if there is neither a payload nor a type
	 */
	public JobRequest {
		if (payload == null && type == null) {
			throw new IllegalArgumentException("A job without a payload must name its type");
		}
	}

	/**
	 * A job whose type is that of its payload.
	 * @param payload what the handler is given
	 * @return the request
	 */
	public static JobRequest of(Object payload) {
		return new JobRequest(payload, null, null, JobOptions.NONE);
	}

	/**
	 * A job of a named type.
	 * @param type wire name of the type
	 * @param payload what the handler is given, or null
	 * @return the request
	 */
	public static JobRequest of(String type, @Nullable Object payload) {
		return new JobRequest(payload, new TypeName(type), null, JobOptions.NONE);
	}

	/**
	 * The same request under an id of the caller's choice, so that it can be sent again
	 * without harm.
	 * @param value the id
	 * @return a copy
	 */
	public JobRequest withId(JobId value) {
		return new JobRequest(this.payload, this.type, value, this.options);
	}

	/**
	 * The same request with more options, for example
	 * {@code with((o) -> o.queue("mail").in(Duration.ofHours(1)))}.
	 * @param change makes the new options of the old ones
	 * @return a copy
	 */
	public JobRequest with(UnaryOperator<JobOptions> change) {
		return new JobRequest(this.payload, this.type, this.id, change.apply(this.options));
	}

}
