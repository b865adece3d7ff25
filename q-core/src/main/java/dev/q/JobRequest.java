package dev.q;

import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.q.job.JobId;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A job to be enqueued.
 *
 * @param payload what the handler is given, or null for a handler that takes none
 * @param type which handler runs it, or null to find out from the next two
 * @param handler refers to the handler that runs it, or null to find out from the payload
 * @param id its identity, or null to make one
 * @param options how it is to be run
 * @since 0.1
 */
public record JobRequest(@Nullable Object payload, @Nullable TypeName type, @Nullable HandlerReference handler,
		@Nullable JobId id, JobOptions options) {

	/**
	 * Checks that there is something to find the handler by.
	 * @throws IllegalArgumentException if there is neither a payload nor a type nor a
	 * handler, or both of the latter
	 */
	public JobRequest {
		if (payload == null && type == null && handler == null) {
			throw new IllegalArgumentException("A job without a payload must name its type or its handler");
		}
		if (type != null && handler != null) {
			throw new IllegalArgumentException(
					"A job names the type %s and refers to a handler. Leave one of them out".formatted(type));
		}
	}

	/**
	 * A job whose type is that of its payload.
	 * @param payload what the handler is given
	 * @return the request
	 */
	public static JobRequest of(Object payload) {
		return new JobRequest(payload, null, null, null, JobOptions.NONE);
	}

	/**
	 * A job of a named type.
	 * @param type wire name of the type
	 * @param payload what the handler is given, or null
	 * @return the request
	 */
	public static JobRequest of(String type, @Nullable Object payload) {
		return new JobRequest(payload, new TypeName(type), null, null, JobOptions.NONE);
	}

	/**
	 * A job for a handler, such as {@code Mailer::welcome}.
	 * @param <B> class of the handler
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the request
	 */
	public static <B, P> JobRequest of(HandlerReference.OfBean<B, P> handler, @Nullable P payload) {
		return referring(handler, payload);
	}

	/**
	 * A job for a handler that takes a context too.
	 * @param <B> class of the handler
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the request
	 */
	public static <B, P> JobRequest of(HandlerReference.OfBeanWithContext<B, P> handler, @Nullable P payload) {
		return referring(handler, payload);
	}

	/**
	 * A job for a handler that is static or of an object.
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the request
	 */
	public static <P> JobRequest of(HandlerReference.Direct<P> handler, @Nullable P payload) {
		return referring(handler, payload);
	}

	/**
	 * A job for a handler that is static or of an object and takes a context too.
	 * @param <P> class of the payload
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @param payload what the handler is given; null only if its parameter is marked as
	 * nullable
	 * @return the request
	 */
	public static <P> JobRequest of(HandlerReference.DirectWithContext<P> handler, @Nullable P payload) {
		return referring(handler, payload);
	}

	/**
	 * A job for a handler that takes no payload.
	 * @param <B> class of the handler
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the request
	 */
	public static <B> JobRequest of(HandlerReference.Bare<B> handler) {
		return referring(handler, null);
	}

	/**
	 * A job for a handler that takes a context alone.
	 * @param <B> class of the handler
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the request
	 */
	public static <B> JobRequest of(HandlerReference.BareWithContext<B> handler) {
		return referring(handler, null);
	}

	/**
	 * A job for a handler that takes nothing and is static or of an object.
	 * @param handler refers to the handler; see {@link HandlerReference}
	 * @return the request
	 */
	public static JobRequest of(HandlerReference.DirectBare handler) {
		return referring(handler, null);
	}

	private static JobRequest referring(HandlerReference handler, @Nullable Object payload) {
		Objects.requireNonNull(handler, "A reference to a handler is null. Give one such as Mailer::welcome");
		return new JobRequest(payload, null, handler, null, JobOptions.NONE);
	}

	/**
	 * The same request under an id of the caller's choice, so that it can be sent again
	 * without harm.
	 * @param value the id
	 * @return a copy
	 */
	public JobRequest withId(JobId value) {
		return new JobRequest(this.payload, this.type, this.handler, value, this.options);
	}

	/**
	 * The same request with more options, for example
	 * {@code with((o) -> o.queue("mail").in(Duration.ofHours(1)))}.
	 * @param change makes the new options of the old ones
	 * @return a copy
	 */
	public JobRequest with(UnaryOperator<JobOptions> change) {
		return new JobRequest(this.payload, this.type, this.handler, this.id, change.apply(this.options));
	}

}
