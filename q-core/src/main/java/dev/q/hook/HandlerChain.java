package dev.q.hook;

import java.util.List;

import dev.q.JobContext;
import dev.q.handler.HandlerInvoker;
import org.jspecify.annotations.Nullable;

/**
 * Calls handlers, through all who stand around them, as the {@link JobContext#current()
 * current} ones of their threads. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class HandlerChain {

	private final List<JobInterceptor> interceptors;

	/**
	 * Makes a chain.
	 * @param interceptors who stands around the handlers, the first one outermost
	 */
	public HandlerChain(List<JobInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	/**
	 * Calls a handler. Costs nothing if nobody stands around it.
	 * @param handler which one
	 * @param payload what it is given, or null
	 * @param context of the attempt
	 * @return what it has returned, or what an interceptor has put in its place
	 * @throws Exception what it or an interceptor has thrown
	 */
	public @Nullable Object call(HandlerInvoker handler, @Nullable Object payload, JobContext context)
			throws Exception {
		JobContext before = JobContext.Current.enter(context);
		try {
			return this.interceptors.isEmpty() ? handler.invoke(payload, context)
					: new Link(this.interceptors, new Call(handler, payload, context)).proceed();
		}
		finally {
			JobContext.Current.leave(before);
		}
	}

	/**
	 * The call of a handler.
	 */
	private record Call(HandlerInvoker handler, @Nullable Object payload, JobContext context) {
	}

	/**
	 * The interceptors that are still to come, and the call behind them.
	 */
	private record Link(List<JobInterceptor> left, Call call) implements JobInterceptor.Next {

		@Override
		public @Nullable Object payload() {
			return this.call.payload;
		}

		@Override
		public @Nullable Object proceed() throws Exception {
			if (this.left.isEmpty()) {
				return this.call.handler.invoke(this.call.payload, this.call.context);
			}
			return this.left.get(0)
				.around(this.call.context, new Link(this.left.subList(1, this.left.size()), this.call));
		}

	}

}
