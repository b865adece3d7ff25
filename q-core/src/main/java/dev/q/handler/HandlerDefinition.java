package dev.q.handler;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Set;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.TypeName;
import dev.q.retry.HandlerRetry;
import org.jspecify.annotations.Nullable;

/**
 * A handler, however it was declared.
 *
 * @param type the jobs that it runs
 * @param payloadType what it takes, or null if it takes no payload
 * @param options how its jobs are run if their enqueue does not say otherwise
 * @param retry what follows from its failures
 * @param invoker runs it
 * @param transactional whether it runs in a transaction in which its job is settled
 * @param concurrency how many of its attempts may run at once in this process; 0 for as
 * many as there are slots
 * @param origin where it was declared, for messages
 * @since 0.1
 */
public record HandlerDefinition(TypeName type, @Nullable Type payloadType, JobOptions options, HandlerRetry retry,
		HandlerInvoker invoker, boolean transactional, int concurrency, String origin) {

	/**
	 * Checks the limit.
	 * @throws IllegalArgumentException if it is negative
	 */
	public HandlerDefinition {
		if (concurrency < 0) {
			throw new IllegalArgumentException(
					"At least 1 attempt of a handler must be allowed at once, but %d were. Leave it out for no limit"
						.formatted(concurrency));
		}
	}

	/**
	 * A handler that runs in no transaction of ours.
	 * @param type the jobs that it runs
	 * @param payloadType what it takes, or null if it takes no payload
	 * @param options how its jobs are run if their enqueue does not say otherwise
	 * @param retry what follows from its failures
	 * @param invoker runs it
	 * @param origin where it was declared, for messages
	 */
	public HandlerDefinition(TypeName type, @Nullable Type payloadType, JobOptions options, HandlerRetry retry,
			HandlerInvoker invoker, String origin) {
		this(type, payloadType, options, retry, invoker, false, 0, origin);
	}

	/**
	 * A handler after all of whose failures another attempt may be made.
	 * @param type the jobs that it runs
	 * @param payloadType what it takes, or null if it takes no payload
	 * @param options how its jobs are run; its retry policy too
	 * @param invoker runs it
	 * @param origin where it was declared, for messages
	 */
	public HandlerDefinition(TypeName type, @Nullable Type payloadType, JobOptions options, HandlerInvoker invoker,
			String origin) {
		this(type, payloadType, options,
				new HandlerRetry(options.get(JobOption.RETRY).orElse(null), Set.of(), Set.of()), invoker, origin);
	}

	/**
	 * The same handler with another limit.
	 * @param attempts how many may run at once in this process; 0 for as many as there
	 * are slots
	 * @return a copy
	 */
	public HandlerDefinition withConcurrency(int attempts) {
		return new HandlerDefinition(this.type, this.payloadType, this.options, this.retry, this.invoker,
				this.transactional, attempts, this.origin);
	}

	/**
	 * How long an attempt at a job may run: as long as the job says, else its handler.
	 * @param job the job
	 * @return null for no limit
	 */
	public @Nullable Duration timeoutOf(JobSpec job) {
		Duration own = job.limits().timeout();
		return (own != null) ? own : this.options.get(JobOption.TIMEOUT).orElse(null);
	}

	/**
	 * What the handler says of its jobs.
	 * @return their type and options
	 */
	public HandlerMark mark() {
		return new HandlerMark(this.type, this.options);
	}

	/**
	 * Reads what the handler is to be given.
	 * @param payload the payload of a job
	 * @param codec who reads it
	 * @return the value, or null for a handler that takes none or accepts null
	 * @throws PayloadException if the payload cannot be read, or if there is none and the
	 * handler needs one
	 */
	public @Nullable Object read(Payload payload, PayloadCodec codec) {
		if (this.payloadType == null) {
			return null;
		}
		Object value = codec.decode(payload, this.payloadType);
		if (value == null && !this.invoker.acceptsNull()) {
			throw new PayloadException("Handler %s takes a payload, but the job has none. ".formatted(this.origin)
					+ "Enqueue one, or mark the parameter @Nullable if the handler can do without");
		}
		return value;
	}

}
