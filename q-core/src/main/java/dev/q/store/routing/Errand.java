package dev.q.store.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.store.JobStore;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A question to a store that is asked on a thread beside the caller's, who waits no
 * longer than it has patience. An answer that comes after that goes to somebody else.
 *
 * @param <T> what the store says
 */
final class Errand<T> {

	private final Branch branch;

	private final Function<JobStore, T> question;

	private final Consumer<T> late;

	private final Duration patience;

	private final CompletableFuture<T> answer = new CompletableFuture<>();

	private Errand(Branch branch, Function<JobStore, T> question, Consumer<T> late, Duration patience) {
		this.branch = branch;
		this.question = question;
		this.late = late;
		this.patience = patience;
	}

	/**
	 * Begins to ask, unless the store is away.
	 * @param late takes an answer for which nobody waits any more
	 */
	static <T> Errand<T> begin(Branch branch, Function<JobStore, T> question, Consumer<T> late, Messengers messengers) {
		Errand<T> errand = new Errand<>(branch, question, late, messengers.patience());
		if (branch.isAway()) {
			errand.answer.completeExceptionally(branch.away());
			return errand;
		}
		try {
			messengers.threads().execute(errand::run);
		}
		catch (RejectedExecutionException ex) {
			errand.answer.completeExceptionally(new StoreException(
					"Store %s was not asked: store %s is closed, or too many calls of it are under way"
						.formatted(branch, RoutingJobStore.NAME),
					ex));
		}
		return errand;
	}

	private void run() {
		try {
			T said = this.branch.ask(this.question);
			if (!this.answer.complete(said)) {
				this.late.accept(said);
			}
		}
		// Whatever it is: somebody waits for this answer.
		catch (Throwable ex) {
			this.answer.completeExceptionally(ex);
		}
	}

	/**
	 * Waits for the answer. An interrupt does not end the wait, and the flag stays: to
	 * break it off would leave unknown what the store did.
	 * @throws StoreException if the store failed, or has not answered in time
	 */
	T await() {
		boolean interrupted = false;
		long end = this.branch.nanoTime() + this.patience.toNanos();
		try {
			while (true) {
				try {
					return this.answer.get(Math.max(0, end - this.branch.nanoTime()), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				catch (TimeoutException ex) {
					giveUp();
				}
			}
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void giveUp() {
		StoreException failure = new StoreException(
				"Store %s has not answered within %d s".formatted(this.branch, this.patience.toSeconds()));
		if (this.answer.completeExceptionally(failure)) {
			this.branch.noteFailure(failure);
		}
	}

	private static RuntimeException failure(@Nullable Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException exception) ? exception : new StoreException("A store failed", cause);
	}

}
