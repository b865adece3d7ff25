package dev.q.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;

/**
 * Brings jobs to where a test wants to begin. No other job of their queue may be ready.
 *
 * @param store where the jobs are
 * @param clock moves the clock of the store
 * @since 0.1
 */
public record Careers(JobStore store, Consumer<Duration> clock) {

	/** Every state that workers and operators can bring a job into on every store. */
	public static final List<JobState> STATES = List.of(JobState.SCHEDULED, JobState.READY, JobState.RUNNING,
			JobState.RETRYING, JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);

	/** Those of them in which a job has ended. */
	public static final List<JobState> ENDS = STATES.stream().filter(JobState::isTerminal).toList();

	/** Those of them in which a job waits. */
	public static final List<JobState> WAITS = STATES.stream().filter(JobState::isWaiting).toList();

	private static final Duration LATER = Duration.ofHours(1);

	/**
	 * Stores a job and brings it into a state.
	 * @param draft the job, ready at once
	 * @param state one of {@link #STATES}
	 */
	public void bring(JobDraft draft, JobState state) {
		insert((state == JobState.SCHEDULED) ? draft.delayedBy(LATER) : draft);
		HandWorker worker = workerOf(draft);
		switch (state) {
			case RUNNING -> worker.claimOne();
			case RETRYING -> worker.fail(worker.claimOne(), LATER);
			case SUCCEEDED -> worker.succeed(worker.claimOne());
			case DEAD -> worker.bury(worker.claimOne());
			case CANCELLED -> this.store.control().cancel(List.of(draft.id()), "called off");
			case SCHEDULED, READY -> {
				// It is there already.
			}
			default -> throw new IllegalArgumentException("No way leads to " + state);
		}
	}

	/**
	 * Stores a job, claims it and takes its lease away.
	 * @param draft the job, ready at once
	 * @param loss how it is lost
	 * @return the claim, which is worth nothing any more
	 */
	public ClaimedJob lose(JobDraft draft, Loss loss) {
		insert(draft);
		HandWorker worker = workerOf(draft);
		ClaimedJob claimed = worker.claimOne();
		switch (loss) {
			case RECOVERED -> letRunOut();
			case CLAIMED_BY_ANOTHER -> {
				letRunOut();
				HandWorker.of(this.store, "another").on(draft.spec().queue()).claimOne();
			}
			case CANCELLED -> this.store.control().cancel(List.of(draft.id()), "called off");
			case DELETED -> this.store.control().delete(List.of(draft.id()));
			case SUCCEEDED -> worker.succeed(claimed);
			case FAILED -> worker.fail(claimed, LATER);
			case DEAD -> worker.bury(claimed);
			case HANDED_BACK -> worker.handBack(claimed);
		}
		return claimed;
	}

	private void letRunOut() {
		this.clock.accept(HandWorker.LEASE);
		this.store.maintenance().recoverExpired(Integer.MAX_VALUE);
	}

	private void insert(JobDraft draft) {
		this.store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
	}

	private HandWorker workerOf(JobDraft draft) {
		return HandWorker.of(this.store, "worker-1").on(draft.spec().queue());
	}

	/**
	 * How a lease is lost.
	 */
	public enum Loss {

		/** It ran out, and the job is ready again. */
		RECOVERED,

		/** It ran out, and another worker has the job. */
		CLAIMED_BY_ANOTHER,

		/** The job was cancelled. */
		CANCELLED,

		/** The job was deleted. */
		DELETED,

		/** The job has succeeded. */
		SUCCEEDED,

		/** The attempt has failed, and another follows. */
		FAILED,

		/** The job is dead. */
		DEAD,

		/** The job was handed back. */
		HANDED_BACK

	}

}
