package dev.q.attempt;

import java.util.function.IntSupplier;

import dev.q.job.WorkerId;

/**
 * What comes after an attempt on a thread of a worker: the completer. It takes most
 * outcomes in at once, and lets threads wait when it is behind.
 */
final class WorkerLine implements Execution.Line {

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
	public void interrupted() {
		// By the handler itself: nobody else knows the thread.
	}

	@Override
	public void ended(Execution execution, Execution.Ending ending) {
		this.jobs.completer().submit(execution, ending);
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
	public void limited(TimeLimit limit) {
		this.jobs.watch().deadlines().expect(limit.timeout().toNanos());
	}

}
