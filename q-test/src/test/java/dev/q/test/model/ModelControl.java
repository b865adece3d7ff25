package dev.q.test.model;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.q.job.Due;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.JobControl;
import dev.q.store.Pause;

/**
 * What people do.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 */
record ModelControl(Books books, Order order, Keys keys) implements JobControl {

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		return change(meant(ids, from), (job) -> {
			boolean changed = !job.state.isTerminal();
			if (changed) {
				if (job.state == JobState.RUNNING) {
					job.note(AttemptOutcome.CANCELLED, null, this.books.now());
				}
				job.cancelReason = reason;
				job.end(JobState.CANCELLED, this.books.now());
			}
			return changed;
		});
	}

	@Override
	public Set<JobId> retry(Collection<JobId> ids) {
		return change(ids, (job) -> {
			boolean changed = job.state.canBecome(JobState.READY) && job.state.isTerminal() && this.keys.letsBack(job);
			if (changed) {
				revive(job);
			}
			return changed;
		});
	}

	private void revive(ModelJob job) {
		job.counters = job.counters.revived();
		job.deadReason = null;
		job.cancelReason = null;
		job.expiresAt = null;
		job.finishedAt = null;
		job.unhandledSince = null;
		this.order.await(job, this.books.now(), JobState.SCHEDULED);
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids, Set<JobState> from) {
		return change(meant(ids, from), (job) -> {
			this.books.remove(job);
			return true;
		});
	}

	/** Before any of them is changed: the end of one may move another. */
	private List<JobId> meant(Collection<JobId> ids, Set<JobState> states) {
		return this.books.find(ids)
			.filter((job) -> states.isEmpty() || states.contains(job.state))
			.map((job) -> job.id)
			.toList();
	}

	@Override
	public List<JobDetails> forget(QueueName queue, Collection<JobId> ids) {
		List<ModelJob> ended = this.books.find(ids)
			.filter((job) -> job.queue().equals(queue) && job.state.isTerminal())
			.toList();
		ended.forEach(this.books::remove);
		this.keys.handOver();
		return ended.stream().map(ModelJob::details).toList();
	}

	@Override
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		Instant now = this.books.now();
		Instant time = due.from(now);
		return change(ids, (job) -> {
			boolean changed = job.isDelayed() || (job.state == JobState.READY && time.isAfter(now));
			if (changed) {
				this.order.await(job, time, JobState.SCHEDULED);
			}
			return changed;
		});
	}

	@Override
	public Set<JobId> hold(Collection<JobId> ids) {
		return change(ids, (job) -> {
			boolean changed = (job.isDelayed() || job.state == JobState.READY) && !job.isHeld();
			if (changed) {
				job.state = JobState.SCHEDULED;
				job.runAt = null;
			}
			return changed;
		});
	}

	@Override
	public Set<JobId> release(Collection<JobId> ids) {
		return change(ids, (job) -> {
			boolean changed = job.isHeld();
			if (changed) {
				this.order.await(job, this.books.now(), JobState.SCHEDULED);
			}
			return changed;
		});
	}

	@Override
	public EditAnswer edit(Edit edit) {
		ModelJob job = this.books.find(edit.seen().spec().queue(), edit.seen().id()).orElse(null);
		if (job == null) {
			return EditAnswer.UNKNOWN;
		}
		if (!edit.isOf(job.view())) {
			return EditAnswer.CHANGED;
		}
		if (edit.then() == Edit.Then.RETRY && !this.keys.letsBack(job)) {
			return EditAnswer.KEY_TAKEN;
		}
		boolean moves = job.state == JobState.READY && edit.wanted().priority() != job.spec.priority();
		job.spec = edit.wanted();
		if (edit.then() == Edit.Then.RETRY) {
			revive(job);
		}
		else if (moves) {
			this.order.toTheEnd(job);
		}
		return EditAnswer.DONE;
	}

	/** The jobs that a change has changed. */
	private Set<JobId> change(Collection<JobId> ids, Predicate<ModelJob> change) {
		Set<JobId> changed = new LinkedHashSet<>();
		this.books.find(ids).filter(change).forEach((job) -> {
			changed.add(job.id);
			this.keys.handOver();
		});
		return changed;
	}

	@Override
	public void pause(QueueName queue, Pause pause) {
		Pause before = this.books.pause(queue);
		this.books.queues()
			.put(queue,
					(before.mode() != pause.mode()) ? new Pause(pause.mode(), pause.by(), this.books.now()) : before);
	}

}
