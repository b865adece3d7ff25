package dev.q.expert;

import dev.q.JobContext;
import dev.q.handler.HandlerInvoker;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an interrupt that is meant for the calling thread, not for the job that it works:
 * one from before is put aside while the handler runs, and one that ends the handler is
 * there again when it has ended. Without that, a loop around {@code handleOne} would
 * never hear that it is to end. For one job.
 */
final class CallerInterrupt implements HandlerInvoker {

	private final HandlerInvoker handler;

	private boolean interrupted = Thread.interrupted();

	CallerInterrupt(HandlerInvoker handler) {
		this.handler = handler;
	}

	@Override
	public @Nullable Object invoke(@Nullable Object payload, JobContext context) throws Exception {
		try {
			return this.handler.invoke(payload, context);
		}
		catch (InterruptedException ex) {
			// One of a job that is to stop, or that is lost, was meant for the handler.
			this.interrupted |= !context.shouldStop();
			throw ex;
		}
	}

	void restore() {
		if (this.interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
