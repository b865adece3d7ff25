package dev.q;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Names a {@link JobHandler} method where a job is enqueued, as the compiler sees it:
 * {@code jobs.enqueue(Mailer::welcome, user)}. Only the wire name that the method's
 * annotation gives is stored. The method is never called through the reference, and no
 * bean of its class is needed here; it may be private if the caller may refer to it.
 *
 * <p>
 * The annotation is found as it is for handlers: a method that overrides a marked one is
 * marked itself. Of {@code mailer::welcome} only the declared type of {@code mailer}
 * counts, and the object itself is left alone.
 *
 * <p>
 * The shapes below are chosen by the compiler. It needs help with a method that has
 * overloads, by naming the types: {@code jobs.<Mailer, User>enqueue(Mailer::send, user)},
 * or a variable of the shape that is meant.
 *
 * <p>
 * A lambda, a constructor, and a method without the annotation are refused with an
 * {@link InvalidHandlerReferenceException}. So are {@code super::welcome} and a few other
 * references of which the compiler makes a lambda.
 *
 * @since 0.1
 */
public sealed interface HandlerReference extends Serializable {

	/**
	 * A method with a payload, by its class: {@code Mailer::welcome}.
	 *
	 * @param <B> the class
	 * @param <P> the payload
	 */
	@FunctionalInterface
	non-sealed interface OfBean<B, P> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(B bean, @Nullable P payload) throws Throwable;

	}

	/**
	 * A method with a payload and a context, by its class.
	 *
	 * @param <B> the class
	 * @param <P> the payload
	 */
	@FunctionalInterface
	non-sealed interface OfBeanWithContext<B, P> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(B bean, @Nullable P payload, JobContext context) throws Throwable;

	}

	/**
	 * A method with a payload that is static or of an object: {@code mailer::welcome}.
	 *
	 * @param <P> the payload
	 */
	@FunctionalInterface
	non-sealed interface Direct<P> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(@Nullable P payload) throws Throwable;

	}

	/**
	 * A method with a payload and a context that is static or of an object.
	 *
	 * @param <P> the payload
	 */
	@FunctionalInterface
	non-sealed interface DirectWithContext<P> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(@Nullable P payload, JobContext context) throws Throwable;

	}

	/**
	 * A method without a payload, by its class; or one that takes a context alone and is
	 * static or of an object.
	 *
	 * @param <B> the class, or {@link JobContext}
	 */
	@FunctionalInterface
	non-sealed interface Bare<B> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(B bean) throws Throwable;

	}

	/**
	 * A method that takes a context alone, by its class.
	 *
	 * @param <B> the class
	 */
	@FunctionalInterface
	non-sealed interface BareWithContext<B> extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run(B bean, JobContext context) throws Throwable;

	}

	/**
	 * A method that takes nothing and is static or of an object.
	 */
	@FunctionalInterface
	non-sealed interface DirectBare extends HandlerReference {

		/** Has the shape of the method; never called. */
		void run() throws Throwable;

	}

}
