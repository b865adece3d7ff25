package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.attempt.Execution;
import dev.q.job.QException;
import dev.q.job.QueueName;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.ClaimedJob;
import org.jspecify.annotations.Nullable;

/**
 * Works the queues of one group: takes what slots are free, claims as many jobs and hands
 * them on. A thread that has finished a job claims the next one itself, unless somebody
 * claims already, so that under load no job waits until one thread has woken another.
 */
final class Fetcher {

	private final String group;

	private final Claimer claimer;

	private final Dispatcher dispatcher;

	private final Slots slots;

	private final Loop loop;

	// Held during a claim. Who finds it taken leaves its slot to a later claim.
	private final ReentrantLock claiming = new ReentrantLock();

	Fetcher(String name, Claimer claimer, Dispatcher dispatcher, Slots slots, EngineClock clock) {
		this.group = name;
		this.claimer = claimer;
		this.dispatcher = dispatcher;
		this.slots = slots;
		this.loop = new Loop("fetcher-" + name, this::fetchOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	Slots slots() {
		return this.slots;
	}

	GroupSlots groupSlots() {
		int size = this.slots.size();
		return new GroupSlots(this.group, size, Math.max(0, size - this.slots.taken()));
	}

	List<QueueName> queues() {
		return this.claimer.queues();
	}

	Set<QueueName> exclusive() {
		return this.claimer.exclusive();
	}

	/** Whether this group works a queue, and takes jobs of it beside others. */
	boolean shares(QueueName queue) {
		return queues().contains(queue) && !exclusive().contains(queue);
	}

	/**
	 * There may be jobs. While no slot is free, nobody needs to look.
	 */
	void hint() {
		this.slots.callWhenFree(this.loop::wake);
	}

	/**
	 * Whether this group may take a job now: it has a free slot, or is just asking for
	 * jobs and may keep one.
	 */
	boolean mayClaim() {
		return !this.dispatcher.isClosed() && (this.claiming.isLocked() || this.slots.hasFree());
	}

	/**
	 * Ends the claims. What a claim under way still brings is handed back.
	 */
	void stop() {
		this.dispatcher.close();
		this.loop.stop();
	}

	private Duration fetchOnce() {
		this.claiming.lock();
		try {
			int free = this.slots.takeAll(this.loop::wake);
			if (free == 0) {
				return Loop.WATCHFUL;
			}
			Claimer.Claimed claimed = claim(free);
			int rejected = dispatch(claimed.jobs(), claimed.sentAt());
			if (rejected > 0) {
				throw new QException("%d of %d jobs got no thread and were handed back".formatted(rejected, free));
			}
			return claimed.rest();
		}
		finally {
			this.claiming.unlock();
		}
	}

	/**
	 * Claims for a thread that has come to the end of a job and brings its slot along.
	 * @return what it is to run next in that slot, or null if the slot was given back
	 */
	private @Nullable Execution next() {
		if (!mayHelp() || !this.claiming.tryLock()) {
			this.slots.give(1);
			if (this.claimer.hasExclusive()) {
				// Who claims just now may have been refused for the sake of the job that
				// has ended here.
				hint();
			}
			return null;
		}
		try {
			return nextOf(claim(1 + this.slots.takeAll()));
		}
		catch (Throwable ex) {
			// The loop will meet the same failure, and say so and bide its time.
			this.loop.wake();
			return null;
		}
		finally {
			this.claiming.unlock();
		}
	}

	private boolean mayHelp() {
		return !this.dispatcher.isClosed() && this.loop.failures() == 0 && !this.claiming.isHeldByCurrentThread();
	}

	private @Nullable Execution nextOf(Claimer.Claimed claimed) {
		if (claimed.mayHaveMore()) {
			hint();
		}
		List<ClaimedJob> jobs = claimed.jobs();
		if (jobs.isEmpty()) {
			return null;
		}
		if (dispatch(jobs.subList(1, jobs.size()), claimed.sentAt()) > 0) {
			// The loop will meet the same want of threads, and pause for all.
			this.loop.wake();
		}
		return this.dispatcher.accept(jobs.get(0), claimed.sentAt());
	}

	/**
	 * Puts jobs on threads.
	 * @return how many got none
	 */
	private int dispatch(List<ClaimedJob> jobs, long sentAt) {
		int rejected = 0;
		for (ClaimedJob job : jobs) {
			if (!this.dispatcher.dispatch(job, sentAt, this::next)) {
				rejected++;
			}
		}
		return rejected;
	}

	private Claimer.Claimed claim(int limit) {
		int used = 0;
		try {
			Claimer.Claimed claimed = this.claimer.claim(limit);
			used = claimed.jobs().size();
			return claimed;
		}
		finally {
			this.slots.give(limit - used);
		}
	}

}
