package dev.q.store.memory;

import java.time.Instant;
import java.util.Objects;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a unique key, and who waits for it. Guarded by the lock of the queue.
 */
final class Hold {

	private final String key;

	private final JobId id;

	private final UniqueKey.Scope scope;

	/** When the window of the holder is over, or null if it has none. */
	private final @Nullable Instant until;

	/** Null if the job is gone, which only a window outlives. */
	private @Nullable MemoryJob holder;

	/** The blocked job that is the holder next. */
	private @Nullable MemoryJob successor;

	Hold(MemoryJob holder, Instant start) {
		UniqueKey unique = Objects.requireNonNull(holder.spec().unique());
		this.key = unique.value();
		this.scope = unique.scope();
		this.id = holder.id();
		this.until = (this.scope instanceof UniqueKey.Scope.Window window) ? window.from(start) : null;
		this.holder = holder;
	}

	String key() {
		return this.key;
	}

	JobId id() {
		return this.id;
	}

	@Nullable MemoryJob holder() {
		return this.holder;
	}

	void forgetHolder() {
		this.holder = null;
	}

	@Nullable Instant until() {
		return this.until;
	}

	@Nullable MemoryJob successor() {
		return this.successor;
	}

	void successor(@Nullable MemoryJob job) {
		this.successor = job;
	}

	/**
	 * Whether the key is free, though nobody has noticed: a claim frees no keys, and no
	 * alarm rings when a window is over.
	 */
	boolean isOver(Instant now) {
		if (this.until != null) {
			return !now.isBefore(this.until);
		}
		return this.scope instanceof UniqueKey.Scope.Pending && hasStarted();
	}

	/** Whether the holder has ever been claimed, or will never be. */
	boolean hasStarted() {
		return this.holder == null || this.holder.state().isTerminal() || this.holder.job().counters().deliveries() > 0;
	}

	/** Whether a job is stored that must run after the holder. */
	boolean takesAnother() {
		return hasStarted() && (this.until != null || this.successor == null);
	}

	/** Whether the holder lets go of the key when it comes into a state, or goes. */
	boolean endsWith(@Nullable JobState next) {
		if (this.until != null || (next != null && !next.isTerminal())) {
			return false;
		}
		return next != JobState.DEAD || !(this.scope instanceof UniqueKey.Scope.UntilSuccess);
	}

	/** Whether a job that is brought back takes its key again. */
	static boolean isWantedAgain(MemoryJob job) {
		UniqueKey key = job.spec().unique();
		boolean hasStarted = job.job().counters().deliveries() > 0;
		return key != null && !(key.scope() instanceof UniqueKey.Scope.Window)
				&& !(hasStarted && key.scope() instanceof UniqueKey.Scope.Pending);
	}

}
