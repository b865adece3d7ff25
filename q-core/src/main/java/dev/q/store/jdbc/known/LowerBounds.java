package dev.q.store.jdbc.known;

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
 * horizon waits for, and those that somebody held and let go, since claims do not wait
 * for whoever holds a job: such bounds are lowered again, by a message after the commit,
 * or by a sweep.
 *
 * @since 0.1
 */
public final class LowerBounds {

	/** Claims find everything that became due within this, in milliseconds. */
	private static final long DUE_MARGIN = 10_000;

	private final boolean enabled;

	private final Horizon horizon = new Horizon();

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Map<QueueName, Map<Integer, Long>> lanes = new HashMap<>();

	/** How often the bounds of a queue were lowered. Guarded by the lock. */
	private final Map<QueueName, Long> lowered = new HashMap<>();

	/** How often everything was forgotten. Guarded by the lock. */
	private long forgotten;

	/** Up to which due time nothing waits any more, by queue. Guarded by the lock. */
	private final Map<QueueName, Long> due = new HashMap<>();

	/**
	 * Makes bounds that hide nothing yet.
	 * @param enabled whether they ever shall
	 */
	public LowerBounds(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * Whether bounds are kept at all.
	 * @return false if claims always look from the beginning
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * What claims have learned of transactions.
	 * @return the horizon
	 */
	public Horizon horizon() {
		return this.horizon;
	}

	/**
	 * What is known of some queues now.
	 * @param queues which queues
	 * @return what is known, which does not change any more
	 */
	public View view(List<QueueName> queues) {
		List<Lane> known = new ArrayList<>();
		List<Long> dueLows = new ArrayList<>(queues.size());
		Map<QueueName, Long> versions = new HashMap<>();
		this.lock.lock();
		try {
			for (QueueName queue : queues) {
				dueLows.add(this.due.getOrDefault(queue, 0L));
				versions.put(queue, version(queue));
				this.lanes.getOrDefault(queue, Map.of())
					.forEach((number, low) -> known.add(new Lane(queue, number, low)));
			}
			return new View(known, dueLows, versions, this.horizon.settled(), this.horizon.drawn());
		}
		finally {
			this.lock.unlock();
		}
	}

	private long version(QueueName queue) {
		return this.forgotten + this.lowered.getOrDefault(queue, 0L);
	}

	/**
	 * All bounds that hide something.
	 * @return a lane for each
	 */
	public List<Lane> all() {
		List<Lane> known = new ArrayList<>();
		this.lock.lock();
		try {
			this.lanes.forEach((queue, bounds) -> bounds.forEach((number, low) -> {
				if (low > 0) {
					known.add(new Lane(queue, number, low));
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
	 * @param queue whose bound
	 * @param lane number of its lane
	 * @param low up to where nothing is left
	 */
	public void raise(View view, QueueName queue, int lane, long low) {
		if (!this.enabled) {
			return;
		}
		this.lock.lock();
		try {
			if (version(queue) == view.version(queue)) {
				this.lanes.computeIfAbsent(queue, (name) -> new TreeMap<>()).merge(lane, low, Math::max);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lowers the bounds of a queue, so that a place can be seen.
	 * @param queue whose bounds
	 * @param place what must not be hidden
	 */
	public void lower(QueueName queue, long place) {
		this.lock.lock();
		try {
			// Counted even if no bound is known: a claim that is under way may bring one.
			this.lowered.merge(queue, 1L, Long::sum);
			this.lanes.computeIfPresent(queue, (name, bounds) -> lowered(bounds, place - 1));
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Map<Integer, Long> lowered(Map<Integer, Long> bounds, long atMost) {
		bounds.replaceAll((lane, low) -> Math.min(low, atMost));
		return bounds;
	}

	/**
	 * Takes down what a claim saw of the server. One that lost its last moments draws
	 * positions and gives ids a second time, so that nothing holds that was learned of
	 * them.
	 * @param view what was known before the claim
	 * @param sample what it saw
	 * @return false if that was so, and the claim may have passed over jobs
	 */
	public boolean goesOn(View view, Horizon.Sample sample) {
		this.lock.lock();
		try {
			boolean goesOn = sample.sequence() >= view.drawn();
			if (!goesOn && this.horizon.drawn() >= view.drawn()) {
				this.forgotten++;
				this.lanes.clear();
				this.due.clear();
				this.horizon.forget();
			}
			this.horizon.add(sample);
			return goesOn;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes down that everything that was due is ready.
	 * @param queue in which queue
	 * @param time up to when, by the clock of the server in milliseconds since 1970
	 */
	public void promoted(QueueName queue, long time) {
		if (this.enabled) {
			this.lock.lock();
			try {
				this.due.merge(queue, time - DUE_MARGIN, Math::max);
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Forgets what was due: jobs may have come to wait that were due before.
	 */
	public void forgetDue() {
		this.lock.lock();
		try {
			this.due.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A lane, and up to where nothing is looked for there.
	 *
	 * @param queue of which queue
	 * @param number which of its lanes
	 * @param low the bound
	 */
	public record Lane(QueueName queue, int number, long low) {
	}

	/**
	 * What was known before a look.
	 *
	 * @param lanes the bounds that there are
	 * @param dueLows for each queue up to which due time nothing waits
	 * @param versions for each queue how often its bounds were lowered
	 * @param settled the horizon
	 * @param drawn a position that had been drawn
	 */
	public record View(List<Lane> lanes, List<Long> dueLows, Map<QueueName, Long> versions, long settled, long drawn) {

		long version(QueueName queue) {
			return this.versions.getOrDefault(queue, -1L);
		}

	}

}
