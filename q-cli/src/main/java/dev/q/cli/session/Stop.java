package dev.q.cli.session;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.cli.output.OutputOptions;

/**
 * Lets a command come to a good end when the process is asked to end: the command does
 * what is under way, looks whether it {@linkplain #isAsked() is asked} to stop, and says
 * what was done. The process waits for that. For use by the thread of the command.
 *
 * @since 0.1
 */
public final class Stop {

	/** More than a call of a store takes, unless nobody answers it. */
	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final OutputOptions output;

	private final Runnable account;

	/** Held by the command, but for while it waits for its input. */
	private final ReentrantLock work = new ReentrantLock();

	/** Whether the command waits for its input; guarded by the lock. */
	private boolean idle;

	/** Guarded by the lock. */
	private boolean accounted;

	private volatile boolean asked;

	/**
	 * For a command that says at its end what was done.
	 * @param output takes a note if that end is too far
	 */
	public Stop(OutputOptions output) {
		this(output, () -> {
		});
	}

	/**
	 * For a command that waits for its input: then that of the process says it.
	 * @param output takes a note if the end is too far
	 * @param account says what was done; at most once
	 */
	public Stop(OutputOptions output, Runnable account) {
		this.output = output;
		this.account = account;
	}

	/**
	 * Listens.
	 * @param interrupts tells when the process is asked to end
	 * @return to be closed when all is said, by the same thread
	 */
	public Interrupts.Registration listen(Interrupts interrupts) {
		this.work.lock();
		Interrupts.Registration told = interrupts.tell(this::ask);
		return () -> {
			told.close();
			if (this.work.isHeldByCurrentThread()) {
				this.work.unlock();
			}
		};
	}

	private void ask() {
		this.asked = true;
		try {
			if (!this.work.tryLock(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
				this.output
					.note("q: Stopped, but a call of the store was still under way after %d s: what it did is unknown"
						.formatted(LONGEST.toSeconds()));
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		try {
			if (this.idle) {
				account();
			}
		}
		finally {
			this.work.unlock();
		}
	}

	/**
	 * Whether to stop after what is under way.
	 * @return true once the process is asked to end
	 */
	public boolean isAsked() {
		return this.asked;
	}

	/**
	 * Waits for the input of the command. Nothing else may be under way: the process may
	 * end meanwhile.
	 * @param read waits
	 * @return what it read
	 * @throws IOException if it cannot be read
	 */
	public int waiting(Read read) throws IOException {
		this.idle = true;
		this.work.unlock();
		try {
			return read.read();
		}
		finally {
			this.work.lock();
			this.idle = false;
		}
	}

	/** Says what was done, unless that is said already. */
	public void account() {
		if (!this.accounted) {
			this.accounted = true;
			this.account.run();
		}
	}

	/**
	 * Waits for an input.
	 */
	@FunctionalInterface
	public interface Read {

		/**
		 * Reads.
		 * @return how many bytes, or -1 at the end
		 * @throws IOException if it cannot
		 */
		int read() throws IOException;

	}

}
