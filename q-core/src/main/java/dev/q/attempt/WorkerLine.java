package dev.q.attempt;

import java.time.Instant;
import java.util.function.IntSupplier;

import dev.q.job.WorkerId;
import dev.q.store.Retention;

/**
 * What comes after an attempt on a thread of a worker: the completer. It takes most
 * outcomes in at once, and lets threads wait when it is behind.
 */
final class WorkerLine implements AfterAttempt {

	private final JobsInHand jobs;

	private final IntSupplier onAbandoned;

	WorkerLine(JobsInHand jobs, IntSupplier onAbandoned) {
		this.jobs = jobs;
		this.onAbandoned = onAbandoned;
	}

	@Override
	public WorkerId worker() {
		return this.jobs.worker();
	}

	@Override
	public Retention retention() {
		return this.jobs.completer().retention();
	}

	@Override
	public void interrupted() {
		// By the handler itself: nobody else knows the thread.
	}

	@Override
	public void ended(Execution execution, Execution.Ending ending) {
		this.jobs.completer().submit(execution, ending);
	}

	@Override
	public void committed(Execution execution, Execution.Ending ending) {
		this.jobs.forget(execution);
		this.jobs.reporter().settled(execution, ending);
	}

	@Override
	public void lost(Execution execution) {
		this.jobs.reporter().lost(execution);
	}

	@Override
	public void transactionFailed(Execution execution, Throwable failure) {
		this.jobs.reporter().transactionFailed(execution, failure);
	}

	@Override
	public void gaveUp(Execution execution, Execution.Ending ending) {
		this.jobs.completer().offer(execution, ending);
	}

	@Override
	public boolean canAbandon() {
		return this.jobs.completer().hasRoom();
	}

	@Override
	public void abandoned(Execution execution, Execution.Ending ending) {
		this.jobs.completer().offer(execution, ending);
		this.jobs.reporter().abandoned(execution, this.onAbandoned.getAsInt());
	}

	@Override
	public Instant heartbeat(Execution execution) {
		return this.jobs.watch().leases().heartbeat(execution);
	}

	@Override
	public void limited(TimeLimit limit) {
		this.jobs.watch().deadlines().expect(limit.timeout().toNanos());
	}

}
