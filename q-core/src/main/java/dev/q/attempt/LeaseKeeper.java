package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.LeaseLostException;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.store.WorkStore;

/**
 * Renews, in one call, every lease of which a third has passed. Short jobs never renew. A
 * lease that the store calls lost is taken from its handler.
 */
final class LeaseKeeper {

	/** Looks at the leases at least so often in the usual one. */
	private static final int LOOKS_PER_LEASE = 3;

	private final WorkStore store;

	private final InFlight inFlight;

	private final Reporter reporter;

	private final EngineClock clock;

	private final Duration usualLease;

	private final Loop loop;

	LeaseKeeper(WorkStore store, InFlight inFlight, Reporter reporter, Duration usualLease, EngineClock clock) {
		this.store = store;
		this.inFlight = inFlight;
		this.reporter = reporter;
		this.clock = clock;
		this.usualLease = usualLease;
		this.loop = new Loop("leases", this::renewOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	/**
	 * Looks after a lease from now on. One that is shorter than usual may have to be
	 * renewed before the loop would wake by itself.
	 */
	void watch(Execution execution) {
		this.inFlight.add(execution);
		if (execution.lease().duration().compareTo(this.usualLease) < 0) {
			this.loop.wake();
		}
	}

	/**
	 * Looks after a job at once, of which a signal says that it was taken away. A signal
	 * may be late and mean an earlier claim, so the store is asked.
	 */
	void suspect(JobId job) {
		for (Execution execution : this.inFlight.all()) {
			if (execution.job().id().equals(job)) {
				execution.lease().suspect();
				this.loop.wake();
			}
		}
	}

	/**
	 * Looks after all jobs at once, since signals may have been missed.
	 */
	void suspectAll() {
		for (Execution execution : this.inFlight.all()) {
			execution.lease().suspect();
			this.loop.wake();
		}
	}

	/**
	 * Renews a lease now, on the thread of its handler.
	 * @return until when it holds, by the clock of this worker, or when the job expires,
	 * by that of the store
	 * @throws LeaseLostException if the job is lost, or its attempt has ended
	 * @throws StoreException if the store of the lease did not answer
	 */
	Instant heartbeat(Execution execution) {
		long sentAt = this.clock.nanoTime();
		Instant until = this.clock.instant().plus(execution.lease().duration());
		if (execution.hasEnded() || !execution.lease().isTrusted()) {
			throw new LeaseLostException(execution.job());
		}
		LeaseAnswer answer = renew(List.of(execution), sentAt).get(0);
		if (answer == LeaseAnswer.LOST) {
			throw new LeaseLostException(execution.job());
		}
		if (answer == LeaseAnswer.BUSY && !isEnding(execution)) {
			throw new StoreException(
					"The lease of job %s was not renewed: its store does not answer, or the job is being changed. The lease goes on as it was, and is renewed when the store answers"
						.formatted(execution.id()));
		}
		Instant expiry = execution.job().times().expiresAt();
		return (expiry != null && expiry.isBefore(until)) ? expiry : until;
	}

	private Duration renewOnce() {
		List<Execution> due = new ArrayList<>();
		long now = this.clock.nanoTime();
		for (Execution execution : this.inFlight.all()) {
			if (execution.lease().isKept() && execution.lease().untilRenewal(now) <= 0) {
				due.add(execution);
			}
			else if (execution.lease().hasRunOut(now)) {
				this.inFlight.remove(execution);
			}
		}
		if (!due.isEmpty()) {
			renew(due, now);
		}
		return untilNext();
	}

	private List<LeaseAnswer> renew(List<Execution> executions, long sentAt) {
		List<Lease> leases = executions.stream().map(Execution::lease).map(HeldLease::lease).toList();
		int[] heard = executions.stream().map(Execution::lease).mapToInt(HeldLease::signals).toArray();
		List<LeaseAnswer> answers = this.store.renew(leases);
		StoreException.requireAnswers("leases", leases.size(), answers.size());
		for (int i = 0; i < leases.size(); i++) {
			if (answers.get(i) == LeaseAnswer.LOST) {
				// One that has ended meanwhile may be settled: the completer will know,
				// or whoever committed its transaction.
				if (isEnding(executions.get(i))) {
					executions.get(i).lease().postponed(sentAt);
				}
				else {
					this.reporter.lost(executions.get(i));
				}
			}
			else if (answers.get(i) == LeaseAnswer.BUSY && !isEnding(executions.get(i))) {
				// Its store is away. Trust goes on running out, and the store is asked
				// again soon: it may be back in time.
				executions.get(i).lease().postponed(sentAt);
			}
			else {
				// A busy one is in the transaction that ends it: let it have its time.
				executions.get(i).lease().renewed(sentAt, heard[i]);
			}
		}
		return answers;
	}

	private static boolean isEnding(Execution execution) {
		return execution.hasEnded() || execution.end().isSettled();
	}

	private Duration untilNext() {
		long now = this.clock.nanoTime();
		long wait = this.usualLease.toNanos() / LOOKS_PER_LEASE;
		for (Execution execution : this.inFlight.all()) {
			if (execution.lease().isKept()) {
				wait = Math.min(wait, execution.lease().untilRenewal(now));
			}
		}
		return Duration.ofNanos(Math.max(0, wait));
	}

}
