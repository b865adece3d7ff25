package dev.q.store.memory;

import org.jspecify.annotations.Nullable;

/**
 * Jobs one behind the other. The links are in the jobs, so a job can be in one chain
 * only, and leaves it in one step wherever it stands.
 */
final class JobChain {

	private @Nullable MemoryJob first;

	private @Nullable MemoryJob last;

	private int size;

	@Nullable MemoryJob first() {
		return this.first;
	}

	@Nullable MemoryJob last() {
		return this.last;
	}

	int size() {
		return this.size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	void addLast(MemoryJob job) {
		job.previous = this.last;
		if (this.last != null) {
			this.last.next = job;
		}
		else {
			this.first = job;
		}
		this.last = job;
		this.size++;
	}

	void addFirst(MemoryJob job) {
		job.next = this.first;
		if (this.first != null) {
			this.first.previous = job;
		}
		else {
			this.last = job;
		}
		this.first = job;
		this.size++;
	}

	/**
	 * Takes out a job that is in this chain. Its links are cut, also for the sake of the
	 * garbage collector: old jobs must not keep young ones alive.
	 */
	void remove(MemoryJob job) {
		MemoryJob before = job.previous;
		MemoryJob after = job.next;
		if (before != null) {
			before.next = after;
		}
		else {
			this.first = after;
		}
		if (after != null) {
			after.previous = before;
		}
		else {
			this.last = before;
		}
		job.previous = null;
		job.next = null;
		this.size--;
	}

}
