package dev.q.test.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.InsertGroup;

/**
 * What becomes of jobs that are stored. A group is stored job by job, and all of that is
 * undone if too many wait then.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 */
record Intake(Books books, Order order, Keys keys) {

	InsertAnswer insert(InsertGroup group) {
		QueueName queue = group.queue();
		if (this.books.pause(queue).stopsIn()) {
			return new InsertAnswer.Paused();
		}
		int length = waiting(queue);
		Deque<Runnable> undo = new ArrayDeque<>();
		List<Entry> entries = group.jobs().stream().map((job) -> insert(job, undo)).toList();
		if (group.maxLength() > 0 && waiting(queue) > Math.max(length, group.maxLength())) {
			undo.forEach(Runnable::run);
			return new InsertAnswer.Full(group.maxLength(), length);
		}
		return new InsertAnswer.Accepted(entries);
	}

	private int waiting(QueueName queue) {
		return this.books.jobs(queue, (job) -> job.state.isWaiting()).size();
	}

	private Entry insert(NewJob job, Deque<Runnable> undo) {
		JobSpec spec = job.spec();
		if (this.books.find(spec.queue(), job.id()).isPresent()) {
			return new Entry(job.id(), false);
		}
		ModelJob holder = this.keys.holder(spec).orElse(null);
		if (holder == null) {
			ModelJob added = add(job, undo);
			this.keys.open(added, this.books.now());
			this.order.await(added, added.runAt, JobState.SCHEDULED);
			return new Entry(job.id(), true);
		}
		return meet(holder, job, undo);
	}

	private ModelJob add(NewJob job, Deque<Runnable> undo) {
		ModelJob added = this.books.add(job);
		undo.push(() -> this.books.undo(added));
		return added;
	}

	/** The key is taken. */
	private Entry meet(ModelJob holder, NewJob job, Deque<Runnable> undo) {
		Conflict conflict = job.spec().unique().conflict();
		boolean pristine = !holder.gone && !holder.state.isTerminal() && !holder.hasStarted();
		if (pristine && (conflict == Conflict.REPLACE_PAYLOAD || conflict == Conflict.RUN_AGAIN_AFTER)) {
			return replacePayload(holder, job, undo);
		}
		if (pristine && conflict == Conflict.RESCHEDULE) {
			return reschedule(holder, job.due().from(this.books.now()), undo);
		}
		return (conflict == Conflict.RUN_AGAIN_AFTER) ? follow(holder, job, undo) : new Entry(holder.id, false);
	}

	private static Entry replacePayload(ModelJob target, NewJob job, Deque<Runnable> undo) {
		JobSpec old = target.spec;
		undo.push(() -> target.spec = old);
		target.spec = old.withPayloadOf(job.spec());
		return Entry.changed(target.id);
	}

	private Entry reschedule(ModelJob target, Instant time, Deque<Runnable> undo) {
		JobState state = target.state;
		Instant runAt = target.runAt;
		long place = target.place;
		boolean front = target.front;
		undo.push(() -> {
			target.state = state;
			target.runAt = runAt;
			target.place = place;
			target.front = front;
		});
		if (state != JobState.READY || time.isAfter(this.books.now())) {
			this.order.await(target, time, JobState.SCHEDULED);
		}
		return Entry.changed(target.id);
	}

	private Entry follow(ModelJob holder, NewJob job, Deque<Runnable> undo) {
		Instant windowEnd = holder.windowEnd;
		ModelJob waiter = this.keys.waiter(job.spec()).orElse(null);
		if (windowEnd == null && waiter != null) {
			return replacePayload(waiter, job, undo);
		}
		ModelJob added = add(job, undo);
		if (windowEnd == null) {
			added.state = JobState.BLOCKED;
		}
		else {
			undo.push(() -> holder.windowEnd = windowEnd);
			holder.windowEnd = this.books.now();
			this.order.await(added, added.runAt.isAfter(windowEnd) ? added.runAt : windowEnd, JobState.SCHEDULED);
			this.keys.open(added, added.runAt);
		}
		return new Entry(added.id, true);
	}

}
