package dev.q.store.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.QueueName;

/**
 * Where claims of this process begin to look in each lane. Jobs that are done leave dead
 * entries in the index until the server cleans up, which one long transaction can hinder
 * for hours; a claim that passed over all of them would get slower and slower.
 *
 * <p>
 * Why no job is passed over. A claim that saw all positions up to some bound settled
 * ({@link Horizon}) before it began, and that brought jobs up to some position, or all
 * that there were, leaves nothing ready up to the lower of both: what was there it took,
 * or somebody else held. And nothing comes there later, since whatever becomes ready
 * again gets a new position. Except for jobs of transactions that took longer than the
 * horizon waits for, and those that somebody held and let go: such bounds are lowered
 * again, by a message or by {@link Sweep}.
 */
final class LowerBounds {

	/** Claims find everything that became due within this, in milliseconds. */
	private static final long DUE_MARGIN = 10_000;

	private final boolean enabled;

	private final Horizon horizon = new Horizon();

	private final ReentrantLock lock = new ReentrantLock();

	/** Up to which place nothing is looked for. Guarded by the lock. */
	private final Map<QueueName, Map<Integer, Long>> lanes = new HashMap<>();

	/** How often the bounds of a queue were lowered. Guarded by the lock. */
	private final Map<QueueName, Long> versions = new HashMap<>();

	/** How often everything was forgotten. Guarded by the lock. */
	private long generation;

	/** Up to which due time nothing waits any more, by queue. Guarded by the lock. */
	private final Map<QueueName, Long> due = new HashMap<>();

	LowerBounds(boolean enabled) {
		this.enabled = enabled;
	}

	boolean isEnabled() {
		return this.enabled;
	}

	Horizon horizon() {
		return this.horizon;
	}

	/** What is known of some queues now. */
	View view(List<QueueName> queues) {
		this.lock.lock();
		try {
			List<Lane> known = new ArrayList<>();
			Map<QueueName, Long> seen = new HashMap<>();
			for (QueueName queue : queues) {
				known.addAll(lanesOf(queue));
				seen.put(queue, versionOf(queue));
			}
			List<Long> dueLows = queues.stream().map((queue) -> this.due.getOrDefault(queue, 0L)).toList();
			return new View(known, dueLows, this.horizon.settled(), seen, this.generation);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** All bounds. */
	List<Lane> all() {
		this.lock.lock();
		try {
			return this.lanes.keySet().stream().flatMap((queue) -> lanesOf(queue).stream()).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Lane> lanesOf(QueueName queue) {
		List<Lane> lanesOf = new ArrayList<>();
		this.lanes.getOrDefault(queue, new TreeMap<>())
			.forEach((number, low) -> lanesOf.add(new Lane(queue, number, low)));
		return lanesOf;
	}

	private long versionOf(QueueName queue) {
		return this.versions.getOrDefault(queue, 0L);
	}

	/**
	 * Raises a bound, unless bounds of the queue were lowered since the look that this is
	 * learned from.
	 * @param view what was known before the look
	 * @param low up to where nothing is left
	 */
	void raise(View view, QueueName queue, int lane, long low) {
		this.lock.lock();
		try {
			boolean isCurrent = view.generation() == this.generation
					&& view.versions().getOrDefault(queue, -1L) == versionOf(queue);
			if (this.enabled && isCurrent) {
				this.lanes.computeIfAbsent(queue, (name) -> new TreeMap<>()).merge(lane, low, Math::max);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lowers the bounds of a queue, so that a place can be seen. */
	void lower(QueueName queue, long place) {
		this.lock.lock();
		try {
			this.versions.merge(queue, 1L, Long::sum);
			this.lanes.getOrDefault(queue, new TreeMap<>()).replaceAll((lane, low) -> Math.min(low, place - 1));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Everything of a queue that was due is ready now. */
	void promoted(View view, QueueName queue, long time) {
		this.lock.lock();
		try {
			if (this.enabled && view.generation() == this.generation) {
				this.due.merge(queue, time - DUE_MARGIN, Math::max);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begins anew, since the server may have lost its last moments: what it draws then
	 * may lie behind the bounds.
	 */
	void forget() {
		this.lock.lock();
		try {
			this.generation++;
			this.lanes.clear();
			this.due.clear();
			this.horizon.forget();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Jobs may have come to wait that were due before. */
	void forgetDue() {
		this.lock.lock();
		try {
			this.due.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A lane and its bound.
	 */
	record Lane(QueueName queue, int number, long low) {
	}

	/**
	 * What was known before a look.
	 *
	 * @param lanes the bounds that there are
	 * @param dueLows for each queue up to which due time nothing waits
	 * @param settled the horizon
	 * @param versions for each queue how often its bounds were lowered
	 * @param generation how often everything was forgotten
	 */
	record View(List<Lane> lanes, List<Long> dueLows, long settled, Map<QueueName, Long> versions, long generation) {
	}

}
