package dev.q.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import dev.q.store.Lease;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * The state of one queue. Its lock guards all of it, the jobs included: every method but
 * {@link #name()} and {@link #lock()} is for who holds the lock.
 */
final class MemoryQueue {

	private final QueueName name;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when there is more room than before. */
	private final Condition room = this.lock.newCondition();

	private final Map<JobId, MemoryJob> jobs = new HashMap<>();

	private final Holds holds;

	private final Places places = new Places();

	private Pause pause = Pause.NONE;

	private long sequence;

	MemoryQueue(QueueName name, InstantSource clock) {
		this.name = name;
		this.holds = new Holds(clock);
	}

	QueueName name() {
		return this.name;
	}

	void lock() {
		this.lock.lock();
	}

	void unlock() {
		this.lock.unlock();
	}

	@Nullable MemoryJob find(JobId id) {
		return this.jobs.get(id);
	}

	Holds holds() {
		return this.holds;
	}

	Collection<MemoryJob> jobs() {
		return this.jobs.values();
	}

	Places places() {
		return this.places;
	}

	Pause pause() {
		return this.pause;
	}

	void pause(Pause pause) {
		this.pause = pause;
	}

	boolean isFirstDue(MemoryJob job) {
		return this.places.waiting().first() == job;
	}

	QueueStats stats() {
		return new QueueStats(this.name, this.pause, this.places.counts(), this.places.ready().oldest(),
				this.places.waiting().earliest());
	}

	/** Takes down whether there is anything to be seen here. */
	void lookWhetherEmpty(Instant now) {
		this.places.lookWhetherEmpty(isEmpty(), now);
	}

	/** Whether people are to see this queue. */
	boolean isListed(Instant now) {
		return !isEmpty() || !this.places.wasEmptySince(now.minus(JobCatalog.LISTED_WHEN_EMPTY));
	}

	private boolean isEmpty() {
		return this.jobs.isEmpty() && this.pause.mode() == PauseMode.NONE;
	}

	MemoryJob add(Job job) {
		var added = new MemoryJob(job, this.sequence++);
		this.jobs.put(job.id(), added);
		if (job.times().expiresAt() != null) {
			this.places.expiring().add(added);
		}
		this.places.enter(added);
		return added;
	}

	/** Moves a job to the end of where it now belongs. */
	void move(MemoryJob job, Job next) {
		leave(job, next.state());
		job.become(next);
		this.places.enter(job);
	}

	/** Moves a job before everything that is ready in its priority. */
	void moveToTheFront(MemoryJob job, Job next) {
		leave(job, next.state());
		job.become(next);
		this.places.enterAtTheFront(job);
	}

	void start(MemoryJob job, Job next, Lease lease, Instant until) {
		leave(job, next.state());
		job.become(next);
		job.lease(lease, until);
		this.places.enter(job);
	}

	/** Makes the lease of a job hold for its full length from now on. */
	void renew(MemoryJob job, Instant steadyNow) {
		this.places.leases().remove(job);
		job.renew(steadyNow);
		this.places.leases().add(job);
	}

	void remove(MemoryJob job) {
		leave(job, null);
		this.jobs.remove(job.id());
	}

	/**
	 * Makes jobs ready that are due.
	 * @return how many
	 */
	int promoteDue(Instant now, int limit) {
		int promoted = 0;
		MemoryJob due = this.places.waiting().firstBy(now);
		while (due != null && promoted < limit) {
			move(due, Moves.promoted(due.job()));
			promoted++;
			due = this.places.waiting().firstBy(now);
		}
		return promoted;
	}

	/**
	 * Waits until there may be more room.
	 * @param nanos how long at most
	 * @return how much of that is left
	 * @throws InterruptedException if the thread is interrupted
	 */
	@SuppressWarnings("WaitNotInLoop") // the caller looks again, whatever woke it
	long awaitRoom(long nanos) throws InterruptedException {
		return this.room.awaitNanos(nanos);
	}

	void wakeWhoWaitsForRoom() {
		this.room.signalAll();
	}

	private void leave(MemoryJob job, @Nullable JobState next) {
		this.places.leave(job);
		boolean livesOn = next != null && !next.isTerminal();
		if (!livesOn && !job.state().isTerminal() && job.times().expiresAt() != null) {
			this.places.expiring().remove(job);
		}
		if (job.spec().unique() != null) {
			if (job.state() == JobState.BLOCKED) {
				this.holds.dismiss(job);
			}
			if (!livesOn) {
				passKey(job, next);
			}
		}
		if (job.state().isWaiting() && (next == null || !next.isWaiting())) {
			wakeWhoWaitsForRoom();
		}
	}

	/** Who waits for a key has it in the step in which it is let go. */
	private void passKey(MemoryJob job, @Nullable JobState next) {
		MemoryJob successor = this.holds.letGo(job, next);
		if (successor != null) {
			Instant now = this.holds.now();
			move(successor, Moves.unblocked(successor.job(), now));
			this.holds.pass(successor, now);
		}
	}

}
