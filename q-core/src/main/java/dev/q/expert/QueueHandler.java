package dev.q.expert;

import java.util.Objects;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerInvoker;
import dev.q.handler.HandlerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of a {@link JobQueue}, whatever their type: {@link JobContext#job()}
 * tells it. A job whose payload cannot be read as what the handler takes is dead
 * ({@code UNDECODABLE}). Safe for use by many threads if its body is.
 *
 * @since 0.1
 */
public final class QueueHandler {

	private final Class<?> payload;

	private final HandlerInvoker body;

	private QueueHandler(Class<?> payload, HandlerInvoker body) {
		this.payload = payload;
		this.body = body;
	}

	/**
	 * A handler whose jobs are done when it returns.
	 * @param <T> what it takes
	 * @param payload what it takes: a class that the queue's codec reads, or
	 * {@code byte[].class} for the bytes as they were enqueued, in an array of its own
	 * @param body runs a job; may throw whatever it likes
	 * @return the handler
	 * @throws IllegalArgumentException if the class is a primitive type
	 */
	public static <T> QueueHandler of(Class<T> payload, Action<? super T> body) {
		return returning(payload, (value, job) -> {
			body.run(value, job);
			return null;
		});
	}

	/**
	 * A handler whose answer counts.
	 * @param <T> what it takes
	 * @param payload what it takes, as in {@link #of}
	 * @param body runs a job and answers with its result, with a {@link dev.q.JobOutcome}
	 * that says what becomes of it, or with null
	 * @return the handler
	 * @throws IllegalArgumentException if the class is a primitive type
	 */
	public static <T> QueueHandler returning(Class<T> payload, Work<? super T> body) {
		if (payload.isPrimitive()) {
			throw new IllegalArgumentException(
					"A handler cannot take a %s. Let it take the class of such objects".formatted(payload));
		}
		return new QueueHandler(payload, (value, job) -> body
			.run(Objects.requireNonNull(payload.cast(value), "a payload that is missing does not come this far"), job));
	}

	HandlerRegistry registry() {
		return registry(this.body);
	}

	/**
	 * The handler, called in another way.
	 */
	HandlerRegistry registry(HandlerInvoker way) {
		return HandlerRegistry.ofAnyType(new HandlerDefinition(JobQueue.DEFAULT_TYPE, this.payload, JobOptions.NONE,
				way, "of the queue for " + this.payload.getTypeName()));
	}

	HandlerInvoker body() {
		return this.body;
	}

	/**
	 * The body of a handler that answers nothing.
	 *
	 * @param <T> what it takes
	 */
	@FunctionalInterface
	public interface Action<T> {

		/**
		 * Runs one attempt.
		 * @param payload what was enqueued
		 * @param job what the handler may ask
		 * @throws Exception what went wrong; the attempt has failed then
		 */
		void run(T payload, JobContext job) throws Exception;

	}

	/**
	 * The body of a handler that answers.
	 *
	 * @param <T> what it takes
	 */
	@FunctionalInterface
	public interface Work<T> {

		/**
		 * Runs one attempt.
		 * @param payload what was enqueued
		 * @param job what the handler may ask
		 * @return a result, a {@link dev.q.JobOutcome}, or null
		 * @throws Exception what went wrong; the attempt has failed then
		 */
		@Nullable Object run(T payload, JobContext job) throws Exception;

	}

}
