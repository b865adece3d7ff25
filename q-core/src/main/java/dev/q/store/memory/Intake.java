package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the groups of one call. However many of them find their queue full, the call
 * waits no longer than the store's offer timeout.
 */
final class Intake {

	private final MemoryState state;

	private final News news;

	private final Instant now;

	/** How long this call may still wait, in nanoseconds. */
	private long patience;

	private Intake(MemoryState state, News news, long patience) {
		this.state = state;
		this.news = news;
		this.now = state.now();
		this.patience = patience;
	}

	static Intake of(MemoryState state, News news) {
		return new Intake(state, news, state.settings().offerTimeout().toNanos());
	}

	/** For callers that come again anyway. */
	static Intake withoutPatience(MemoryState state, News news) {
		return new Intake(state, news, 0);
	}

	/**
	 * Makes sure that the times of these jobs can be stored, which must come to light
	 * before anything is.
	 * @throws IllegalArgumentException if a job is due beyond what can be stored
	 */
	void requireStorableTimes(InsertGroup group) {
		for (NewJob job : group.jobs()) {
			job.due().from(this.now);
			job.spec().limits().expiryOf(this.now);
		}
	}

	InsertAnswer take(InsertGroup group) {
		MemoryQueue queue = this.state.queue(group.queue());
		queue.lock();
		try {
			InsertAnswer refusal = refusalOf(queue, group);
			return (refusal != null) ? refusal : store(queue, group.jobs());
		}
		finally {
			queue.unlock();
		}
	}

	private @Nullable InsertAnswer refusalOf(MemoryQueue queue, InsertGroup group) {
		int capacity = this.state.settings().capacity();
		int limit = (group.maxLength() > 0) ? Math.min(group.maxLength(), capacity) : capacity;
		while (true) {
			if (queue.pause().stopsIn()) {
				return new InsertAnswer.Paused();
			}
			int length = queue.places().length();
			int added = (length + group.jobs().size() > limit) ? countNew(queue, group.jobs()) : 0;
			if (added == 0 || length + added <= limit) {
				return null;
			}
			// A limit of the caller's own is no back-pressure of the store, and a group
			// that is larger than the queue never finds room: neither is worth a wait.
			boolean roomMayCome = limit == capacity && added <= limit;
			if (!roomMayCome || !waitsForLength(queue, limit - added)) {
				return new InsertAnswer.Full(limit, length);
			}
		}
	}

	/**
	 * Waits until no more jobs wait than a number. Each job that leaves wakes the waiting
	 * thread, which must not look through all jobs of a large group for that.
	 * @return false if nothing can have changed
	 */
	private boolean waitsForLength(MemoryQueue queue, int length) {
		if (this.patience <= 0) {
			return false;
		}
		try {
			do {
				this.patience = queue.awaitRoom(this.patience);
				this.state.requireOpen();
			}
			while (this.patience > 0 && queue.places().length() > length && !queue.pause().stopsIn());
		}
		catch (InterruptedException ex) {
			this.patience = 0;
			Thread.currentThread().interrupt();
			return false;
		}
		return true;
	}

	/**
	 * How many of the jobs would be stored, each id once and for each key one at most: if
	 * that is the holder, it has not started, and if it waits for the key, it is the one
	 * that does.
	 */
	private int countNew(MemoryQueue queue, List<NewJob> jobs) {
		Set<JobId> ids = new HashSet<>();
		Set<String> keys = new HashSet<>();
		int count = 0;
		for (NewJob job : jobs) {
			UniqueKey key = job.spec().unique();
			boolean isKnown = queue.find(job.id()) != null || ids.contains(job.id());
			if (!isKnown && (key == null || (isLetIn(queue, key) && keys.add(key.value())))) {
				ids.add(job.id());
				count++;
			}
		}
		return count;
	}

	private boolean isLetIn(MemoryQueue queue, UniqueKey key) {
		Hold hold = queue.holds().of(key, this.now);
		return hold == null || (key.conflict() == UniqueKey.Conflict.RUN_AGAIN_AFTER && hold.takesAnother());
	}

	private InsertAnswer store(MemoryQueue queue, List<NewJob> jobs) {
		List<InsertAnswer.Entry> entries = new ArrayList<>(jobs.size());
		for (NewJob job : jobs) {
			entries.add(store(queue, job));
		}
		return new InsertAnswer.Accepted(entries);
	}

	private InsertAnswer.Entry store(MemoryQueue queue, NewJob newJob) {
		if (queue.find(newJob.id()) != null) {
			return new InsertAnswer.Entry(newJob.id(), false);
		}
		Hold hold = queue.holds().of(newJob.spec().unique(), this.now);
		return (hold != null) ? meet(queue, newJob, hold) : add(queue, Moves.stored(newJob, this.now), this.now);
	}

	private InsertAnswer.Entry add(MemoryQueue queue, Job job, @Nullable Instant holdsFrom) {
		MemoryJob added = queue.add(job);
		if (holdsFrom != null) {
			queue.holds().take(added, holdsFrom);
		}
		this.news.waits(added, queue);
		return new InsertAnswer.Entry(job.id(), true);
	}

	/** What becomes of a job whose key is taken. */
	private InsertAnswer.Entry meet(MemoryQueue queue, NewJob newJob, Hold hold) {
		UniqueKey.Conflict conflict = Objects.requireNonNull(newJob.spec().unique()).conflict();
		MemoryJob holder = hold.holder();
		if (holder != null && !hold.hasStarted()) {
			return change(queue, newJob, holder, conflict);
		}
		return (conflict == UniqueKey.Conflict.RUN_AGAIN_AFTER) ? follow(queue, newJob, hold)
				: new InsertAnswer.Entry(hold.id(), false);
	}

	private InsertAnswer.Entry change(MemoryQueue queue, NewJob newJob, MemoryJob holder, UniqueKey.Conflict conflict) {
		switch (conflict) {
			case RETURN_EXISTING, THROW -> {
				return new InsertAnswer.Entry(holder.id(), false);
			}
			case REPLACE_PAYLOAD, RUN_AGAIN_AFTER -> holder.carry(newJob.spec());
			case RESCHEDULE -> reschedule(queue, holder, newJob.due().from(this.now));
		}
		return InsertAnswer.Entry.changed(holder.id());
	}

	/** What is ready already, and shall be, keeps its place. */
	private void reschedule(MemoryQueue queue, MemoryJob job, Instant due) {
		if (job.state() != JobState.READY || due.isAfter(this.now)) {
			queue.move(job, Moves.rescheduled(job.job(), due, this.now));
			this.news.waits(job, queue);
		}
	}

	private InsertAnswer.Entry follow(MemoryQueue queue, NewJob newJob, Hold hold) {
		Job job = Moves.stored(newJob, this.now);
		MemoryJob successor = hold.successor();
		Instant until = hold.until();
		if (until != null) {
			Instant runAt = job.times().runAt();
			Instant due = (runAt != null && runAt.isAfter(until)) ? runAt : until;
			return add(queue, Moves.rescheduled(job, due, this.now), due);
		}
		if (successor != null) {
			successor.carry(newJob.spec());
			return InsertAnswer.Entry.changed(successor.id());
		}
		InsertAnswer.Entry entry = add(queue, Moves.blocked(job), null);
		hold.successor(queue.find(job.id()));
		return entry;
	}

}
