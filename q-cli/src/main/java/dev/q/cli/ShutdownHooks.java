package dev.q.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.q.cli.session.Interrupts;

/**
 * Tells of signals, as the JVM does. Whoever has come to the end meanwhile may still have
 * to complain, so the process waits until all is said.
 */
final class ShutdownHooks implements Interrupts {

	/** More than it takes to close a store and to print a line. */
	private static final int LAST_WORDS = 10;

	private final CountDownLatch said = new CountDownLatch(1);

	/** The command has said all, its complaint too. */
	void allIsSaid() {
		this.said.countDown();
	}

	@Override
	public Registration tell(Runnable task) {
		AtomicBoolean isClosed = new AtomicBoolean();
		Thread hook = new Thread(() -> {
			task.run();
			if (isClosed.get()) {
				awaitLastWords();
			}
		}, "interrupted");
		hook.setDaemon(true);
		try {
			Runtime.getRuntime().addShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// The process ends already, and nobody else would tell.
			hook.start();
		}
		return () -> {
			isClosed.set(true);
			forget(hook);
		};
	}

	private void awaitLastWords() {
		try {
			this.said.await(LAST_WORDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void forget(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// The process ends already, so the hook has been started.
		}
	}

}
