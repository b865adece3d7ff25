package dev.q.test.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.UniqueKey;
import dev.q.job.UniqueKey.Scope;

/**
 * Unique keys: who holds one, and who waits for it.
 *
 * @param books what is known
 * @param order who comes first
 * @param heirs those that were waiting and hold their keys now, until somebody asks
 */
record Keys(Books books, Order order, List<JobId> heirs) {

	/** The job that holds the key of another one. It may be gone. */
	Optional<ModelJob> holder(JobSpec spec) {
		return this.books.everyJob().filter((job) -> hasKeyOf(job, spec) && isHolding(job)).findFirst();
	}

	/** The job that waits for the key of another one. */
	Optional<ModelJob> waiter(JobSpec spec) {
		return this.books.jobs((job) -> hasKeyOf(job, spec) && job.state == JobState.BLOCKED).stream().findFirst();
	}

	private static boolean hasKeyOf(ModelJob job, JobSpec spec) {
		UniqueKey key = job.spec.unique();
		return key != null && spec.unique() != null && key.value().equals(spec.unique().value())
				&& job.queue().equals(spec.queue());
	}

	private boolean isHolding(ModelJob job) {
		if (job.windowEnd != null) {
			return this.books.now().isBefore(job.windowEnd);
		}
		return !job.gone && job.state != JobState.BLOCKED && isHeldIn(job.state, job);
	}

	/** Unlike a window, the other scopes go by what became of the job. */
	private static boolean isHeldIn(JobState state, ModelJob job) {
		Scope scope = scope(job);
		if (scope instanceof Scope.Window) {
			return false;
		}
		if (scope instanceof Scope.UntilSuccess && state == JobState.DEAD) {
			return true;
		}
		return !state.isTerminal() && !(scope instanceof Scope.Pending && job.hasStarted());
	}

	private static Scope scope(ModelJob job) {
		UniqueKey key = job.spec.unique();
		return (key != null) ? key.scope() : Scope.UNTIL_DONE;
	}

	/** The window of a job that has become the holder begins. */
	void open(ModelJob job, Instant start) {
		if (scope(job) instanceof Scope.Window window) {
			job.windowEnd = window.from(start);
		}
	}

	/** Whether no other job has the key that this one takes when it is brought back. */
	boolean letsBack(ModelJob job) {
		return !isHeldIn(JobState.READY, job) || holder(job.spec).filter((holder) -> holder != job).isEmpty();
	}

	/**
	 * Lets those follow whose keys were let go of, which every step does that ends jobs.
	 */
	void handOver() {
		Instant now = this.books.now();
		for (ModelJob job : this.books.jobs((each) -> each.state == JobState.BLOCKED)) {
			if (holder(job.spec).isEmpty()) {
				open(job, now);
				this.order.await(job, job.runAt.isAfter(now) ? job.runAt : now, JobState.SCHEDULED);
				this.heirs.add(job.id);
			}
		}
	}

	/** Those that have followed since this was asked last: their order is open. */
	List<JobId> pollHeirs() {
		List<JobId> polled = new ArrayList<>(this.heirs);
		this.heirs.clear();
		return polled;
	}

}
