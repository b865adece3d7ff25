package dev.q.cli.session;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

	private final Duration patience;

	/** Held by the command, but for while it waits for its input. */
	private final ReentrantLock work = new ReentrantLock();

	/** Whether the command waits for its input; guarded by the lock. */
	private boolean idle;

	private volatile boolean asked;

	/** What is said for a command whose call nobody waits for any longer. */
	private volatile Runnable lastWords = this::sayUnknown;

	/** Whether somebody has taken it on to say what was done. */
	private final AtomicBoolean concluded = new AtomicBoolean();

	/**
	 * For a command that says at its end what was done.
	 * @param output takes a note if that end is too far
	 */
	public Stop(OutputOptions output) {
		this(output, () -> {
		}, LONGEST);
	}

	/**
	 * For a command that waits for its input: then that of the process says it.
	 * @param output takes a note if the end is too far
	 * @param account says what was done; at most once
	 */
	public Stop(OutputOptions output, Runnable account) {
		this(output, account, LONGEST);
	}

	/**
	 * For a command that is waited for no longer than is said.
	 * @param output takes a note if the end is too far
	 * @param account says what was done; at most once
	 * @param patience how far is too far
	 */
	public Stop(OutputOptions output, Runnable account, Duration patience) {
		this.output = output;
		this.account = account;
		this.patience = patience;
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
			if (isFreeWithinPatience()) {
				finish();
			}
			else if (mayConclude()) {
				this.lastWords.run();
			}
			else if (isFreeWithinPatience()) {
				// It was just about to say all by itself.
				finish();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isFreeWithinPatience() throws InterruptedException {
		return this.work.tryLock(this.patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void finish() {
		try {
			if (this.idle) {
				account();
			}
		}
		finally {
			this.work.unlock();
		}
	}

	private void sayUnknown() {
		sayUnanswered("What it did is unknown");
	}

	/**
	 * Notes that nobody waits for a call of the store any longer.
	 * @param what what is known all the same
	 */
	public void sayUnanswered(String what) {
		this.output.note("q: Stopped, but a call of the store was still under way after %d s. %s"
			.formatted(this.patience.toSeconds(), what));
	}

	/**
	 * What is to be said if a call of the store is given up. Until this is told what it
	 * did is unknown.
	 * @param words says it, on another thread; only what is safe for that may be used
	 */
	public void ifUnanswered(Runnable words) {
		this.lastWords = words;
	}

	/**
	 * Whether the command is to say what was done. If not, that was said for it, since
	 * nobody waited any longer.
	 * @return true once at most
	 */
	public boolean mayConclude() {
		return this.concluded.compareAndSet(false, true);
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
		if (mayConclude()) {
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
