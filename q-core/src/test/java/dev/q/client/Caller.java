package dev.q.client;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobReceipt;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who enqueues on a thread of his own. All waits end after a while.
 */
final class Caller {

	private static final long PATIENCE_IN_SECONDS = 60;

	private final FutureTask<@Nullable JobReceipt> call;

	private final Thread thread;

	private volatile boolean keptInterrupt;

	private Caller(Callable<@Nullable JobReceipt> enqueue) {
		this.call = new FutureTask<>(enqueue);
		this.thread = new Thread(this::run, "caller");
		this.thread.setDaemon(true);
	}

	static Caller start(Callable<@Nullable JobReceipt> enqueue) {
		Caller caller = new Caller(enqueue);
		caller.thread.start();
		return caller;
	}

	private void run() {
		this.call.run();
		this.keptInterrupt = Thread.currentThread().isInterrupted();
	}

	/** Waits until the caller waits for the write of another one. */
	Caller awaitWaiting() {
		long start = System.nanoTime();
		while (!(LockSupport.getBlocker(this.thread) instanceof GatheredJob)) {
			if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_IN_SECONDS)) {
				throw new AssertionError("The caller does not wait for a write");
			}
			Thread.onSpinWait();
		}
		return this;
	}

	Caller interrupt() {
		this.thread.interrupt();
		return this;
	}

	/** Whether the flag of the thread was set when its call was over. */
	boolean keptInterrupt() throws InterruptedException {
		this.thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_IN_SECONDS));
		return this.keptInterrupt;
	}

	JobReceipt receipt() throws InterruptedException, ExecutionException, TimeoutException {
		JobReceipt receipt = awaitEnd();
		assertThat(receipt).isNotNull();
		return receipt;
	}

	/** What the last call brought, or null for nothing. */
	@Nullable JobReceipt awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
		return this.call.get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
	}

	Throwable failure() throws InterruptedException, TimeoutException {
		try {
			throw new AssertionError("The call went well: " + this.call.get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS));
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
	}

}
