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

	/** Guarded by the lock. */
	private final Map<QueueName, Map<Integer, Bound>> lanes = new HashMap<>();

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
		List<Lane> known = new ArrayList<>();
		List<Long> dueLows = new ArrayList<>(queues.size());
		this.lock.lock();
		try {
			long settled = this.horizon.settled();
			for (QueueName queue : queues) {
				dueLows.add(this.due.getOrDefault(queue, 0L));
				this.lanes.getOrDefault(queue, new TreeMap<>())
					.forEach((number, bound) -> known.add(new Lane(queue, number, bound)));
			}
			return new View(known, dueLows, settled, this.generation);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** All bounds that hide something. */
	List<Lane> all() {
		List<Lane> known = new ArrayList<>();
		this.lock.lock();
		try {
			this.lanes.forEach((queue, bounds) -> bounds.forEach((number, bound) -> {
				if (bound.low() > 0) {
					known.add(new Lane(queue, number, bound));
				}
			}));
		}
		finally {
			this.lock.unlock();
		}
		return known;
	}

	/**
	 * Raises a bound, unless it was lowered since the look that this is learned from.
	 * @param view what was known before the look
	 * @param low up to where nothing is left
	 */
	void raise(View view, QueueName queue, int lane, long low) {
		this.lock.lock();
		try {
			if (!this.enabled || view.generation() != this.generation) {
				return;
			}
			this.lanes.computeIfAbsent(queue, (name) -> new TreeMap<>())
				.merge(lane, new Bound(low, 0), (known, unused) -> (known.version() == view.version(queue, lane))
						? new Bound(Math.max(known.low(), low), known.version()) : known);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lowers the bounds of a queue, so that a place can be seen. */
	void lower(QueueName queue, long place) {
		this.lock.lock();
		try {
			this.lanes.getOrDefault(queue, new TreeMap<>())
				.replaceAll((lane, bound) -> new Bound(Math.min(bound.low(), place - 1), bound.version() + 1));
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
	 * A bound of one lane.
	 *
	 * @param low up to where nothing is looked for
	 * @param version how often it was lowered
	 */
	record Bound(long low, long version) {
	}

	/**
	 * A lane and its bound.
	 */
	record Lane(QueueName queue, int number, Bound bound) {
	}

	/**
	 * What was known before a look.
	 *
	 * @param lanes the bounds that there are
	 * @param dueLows for each queue up to which due time nothing waits
	 * @param settled the horizon
	 * @param generation how often everything was forgotten
	 */
	record View(List<Lane> lanes, List<Long> dueLows, long settled, long generation) {

		long version(QueueName queue, int lane) {
			return this.lanes.stream()
				.filter((known) -> known.number() == lane && known.queue().equals(queue))
				.mapToLong((known) -> known.bound().version())
				.findFirst()
				.orElse(0);
		}

	}

}
