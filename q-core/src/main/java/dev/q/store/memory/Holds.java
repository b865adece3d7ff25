package dev.q.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import dev.q.job.JobState;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * The unique keys of a queue that are held.
 */
final class Holds {

	private final Map<String, Hold> holds = new HashMap<>();

	/** Those that outlive their jobs, in the order in which they are over. */
	private final TreeSet<Hold> windows = new TreeSet<>(
			Comparator.comparing((Hold hold) -> Objects.requireNonNull(hold.until())).thenComparing(Hold::key));

	private final InstantSource clock;

	/** A key went to who waited for it since this was asked last. */
	private boolean passed;

	Holds(InstantSource clock) {
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant();
	}

	boolean pollPassed() {
		boolean answer = this.passed;
		this.passed = false;
		return answer;
	}

	/** Who holds this key, or null if it is free. */
	@Nullable Hold of(@Nullable UniqueKey key, Instant now) {
		Hold hold = (key != null) ? this.holds.get(key.value()) : null;
		return (hold != null && !hold.isOver(now)) ? hold : null;
	}

	/** Gives a key to its job, whoever had it. */
	void take(MemoryJob job, Instant start) {
		UniqueKey key = job.spec().unique();
		if (key != null) {
			put(new Hold(job, start));
		}
	}

	/** Gives a key to who waited for it. */
	void pass(MemoryJob job, Instant start) {
		take(job, start);
		this.passed = true;
	}

	private void put(Hold hold) {
		Hold before = this.holds.put(hold.key(), hold);
		if (before != null && before.until() != null) {
			this.windows.remove(before);
		}
		if (hold.until() != null) {
			this.windows.add(hold);
		}
	}

	/** A blocked job waits no more: it is ready, or it has ended. */
	void dismiss(MemoryJob job) {
		Hold hold = heldBeside(job);
		if (hold != null && hold.successor() == job) {
			hold.successor(null);
		}
	}

	/**
	 * A job has ended, or is gone, and lets go of its key if it holds it and its scope
	 * says so.
	 * @return who waits for the key, or null
	 */
	@Nullable MemoryJob letGo(MemoryJob job, @Nullable JobState next) {
		Hold hold = heldBeside(job);
		if (hold == null || hold.holder() != job) {
			return null;
		}
		if (next == null) {
			hold.forgetHolder();
		}
		if (!hold.endsWith(next)) {
			return null;
		}
		this.holds.remove(hold.key());
		return hold.successor();
	}

	private @Nullable Hold heldBeside(MemoryJob job) {
		UniqueKey key = job.spec().unique();
		return (key != null) ? this.holds.get(key.value()) : null;
	}

	/** Forgets windows that are over, some at a time. */
	void forgetOver(Instant now, int limit) {
		for (int i = 0; i < limit && !this.windows.isEmpty() && this.windows.first().isOver(now); i++) {
			this.holds.remove(this.windows.first().key());
			this.windows.pollFirst();
		}
	}

}
