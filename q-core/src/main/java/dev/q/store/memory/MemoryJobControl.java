package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.JobControl;
import dev.q.store.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Intervening in jobs in memory.
 */
final class MemoryJobControl implements JobControl {

	private final MemoryState state;

	MemoryJobControl(MemoryState state) {
		this.state = state;
	}

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		Instant now = this.state.now();
		return stop(new Meant(ids, from), JobState.CANCELLED, (queue, job, news) -> {
			if (job.state().isTerminal()) {
				return false;
			}
			if (job.state() == JobState.RUNNING) {
				job.note(AttemptOutcome.CANCELLED, null, now);
				news.revoked(job.id());
			}
			job.leave(job.remains().cancelled(reason));
			queue.move(job, Moves.stopped(job.job(), JobState.CANCELLED, job.job().counters(), now));
			return true;
		});
	}

	@Override
	public Set<JobId> retry(Collection<JobId> ids) {
		Instant now = this.state.now();
		return eachOf(ids, (queue, job, news) -> {
			if (!job.state().isTerminal() || job.state() == JobState.SUCCEEDED || !hasKey(queue, job, now)) {
				return false;
			}
			revive(queue, job, now);
			news.ready(queue);
			return true;
		});
	}

	private static void revive(MemoryQueue queue, MemoryJob job, Instant now) {
		job.leave(job.remains().revived());
		queue.move(job, Moves.revived(job.job(), now));
	}

	/** A job whose scope wants its key again takes it, unless another one has it. */
	private static boolean hasKey(MemoryQueue queue, MemoryJob job, Instant now) {
		if (!Hold.isWantedAgain(job)) {
			return true;
		}
		Hold hold = queue.holds().of(job.spec().unique(), now);
		if (hold == null) {
			queue.holds().take(job, now);
		}
		return hold == null || hold.holder() == job;
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids, Set<JobState> from) {
		return stop(new Meant(ids, from), null, (queue, job, news) -> {
			if (job.state() == JobState.RUNNING) {
				news.revoked(job.id());
			}
			queue.remove(job);
			return true;
		});
	}

	@Override
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		Instant now = this.state.now();
		Instant time = due.from(now);
		return eachOf(ids, (queue, job, news) -> {
			boolean isReady = job.state() == JobState.READY;
			boolean isChanged = isReady ? time.isAfter(now)
					: job.state() == JobState.SCHEDULED || job.state() == JobState.RETRYING;
			if (isChanged) {
				queue.move(job, Moves.rescheduled(job.job(), time, now));
				news.waits(job, queue);
			}
			return isChanged;
		});
	}

	@Override
	public Set<JobId> hold(Collection<JobId> ids) {
		return eachOf(ids, (queue, job, news) -> {
			boolean isChanged = job.state().isWaiting() && job.state() != JobState.BLOCKED && !job.job().isHeld();
			if (isChanged) {
				queue.move(job, Moves.held(job.job()));
			}
			return isChanged;
		});
	}

	@Override
	public Set<JobId> release(Collection<JobId> ids) {
		Instant now = this.state.now();
		return eachOf(ids, (queue, job, news) -> {
			boolean isChanged = job.job().isHeld();
			if (isChanged) {
				queue.move(job, Moves.rescheduled(job.job(), now, now));
				news.ready(queue);
			}
			return isChanged;
		});
	}

	@Override
	public EditAnswer edit(Edit edit) {
		Instant now = this.state.now();
		AtomicReference<EditAnswer> answer = new AtomicReference<>(EditAnswer.UNKNOWN);
		eachOf(List.of(edit.seen().id()), (queue, job, news) -> {
			answer.set(edit(edit, queue, job, now));
			boolean isChanged = answer.get() == EditAnswer.DONE;
			if (isChanged && job.state() == JobState.READY) {
				news.ready(queue);
			}
			return isChanged;
		});
		return answer.get();
	}

	private static EditAnswer edit(Edit edit, MemoryQueue queue, MemoryJob job, Instant now) {
		if (!edit.isOf(job.job())) {
			return EditAnswer.CHANGED;
		}
		Job edited = Moves.edited(job.job(), edit.wanted());
		if (edit.then() == Edit.Then.RETRY) {
			if (!hasKey(queue, job, now)) {
				return EditAnswer.KEY_TAKEN;
			}
			job.become(edited);
			revive(queue, job, now);
		}
		else if (job.state() == JobState.READY && job.spec().priority() != edit.wanted().priority()) {
			queue.move(job, edited);
		}
		else {
			job.become(edited);
		}
		return EditAnswer.DONE;
	}

	@Override
	public void pause(QueueName name, Pause pause) {
		this.state.requireOpen();
		News news = this.state.news();
		MemoryQueue queue = this.state.queue(name);
		queue.lock();
		try {
			boolean opens = queue.pause().stopsOut() && !pause.stopsOut();
			queue.pause(queue.pause().then(pause, this.state.now()));
			if (opens) {
				news.ready(queue);
			}
			queue.wakeWhoWaitsForRoom();
		}
		finally {
			queue.unlock();
		}
		news.tell();
	}

	@Override
	public List<JobDetails> forget(QueueName name, Collection<JobId> ids) {
		this.state.requireOpen();
		News news = this.state.news();
		List<JobDetails> forgotten = new ArrayList<>();
		MemoryQueue queue = this.state.known(name);
		if (queue != null) {
			queue.lock();
			try {
				ids.forEach((id) -> forget(queue.find(id), queue, forgotten));
				news.changed(queue);
			}
			finally {
				queue.unlock();
			}
		}
		news.tell();
		return forgotten;
	}

	private void forget(@Nullable MemoryJob job, MemoryQueue queue, List<JobDetails> forgotten) {
		if (job != null && job.state().isTerminal()) {
			forgotten.add(this.state.detailsOf(job));
			queue.remove(job);
		}
	}

	/** Tells of the jobs that this has ended; without a state they are deleted. */
	private Set<JobId> stop(Meant meant, @Nullable JobState state, Intervention intervention) {
		Map<QueueName, List<JobId>> ended = new HashMap<>();
		Set<JobId> changed = eachOf(meant, (queue, job, news) -> {
			boolean isChanged = intervention.change(queue, job, news);
			if (isChanged) {
				ended.computeIfAbsent(queue.name(), (name) -> new ArrayList<>()).add(job.id());
			}
			return isChanged;
		});
		ended.forEach((queue, those) -> this.state.awaited().intervened(queue, state, those));
		return changed;
	}

	private Set<JobId> eachOf(Collection<JobId> ids, Intervention intervention) {
		return eachOf(new Meant(ids, Set.of()), intervention);
	}

	private Set<JobId> eachOf(Meant meant, Intervention intervention) {
		this.state.requireOpen();
		News news = this.state.news();
		Set<JobId> changed = new LinkedHashSet<>();
		for (MemoryQueue queue : this.state.queues()) {
			queue.lock();
			try {
				for (MemoryJob job : meant.in(queue)) {
					if (intervention.change(queue, job, news)) {
						changed.add(job.id());
					}
				}
				news.changed(queue);
			}
			finally {
				queue.unlock();
			}
		}
		news.tell();
		return changed;
	}

	/**
	 * Which jobs are meant. That is decided before any of them is changed: the end of one
	 * may move another.
	 *
	 * @param ids these, each once
	 * @param states if they are in these; none means any
	 */
	private record Meant(Set<JobId> ids, Set<JobState> states) {

		Meant(Collection<JobId> ids, Set<JobState> states) {
			this(new LinkedHashSet<>(ids), states);
		}

		List<MemoryJob> in(MemoryQueue queue) {
			List<MemoryJob> jobs = new ArrayList<>();
			for (JobId id : this.ids) {
				MemoryJob job = queue.find(id);
				if (job != null && (this.states.isEmpty() || this.states.contains(job.state()))) {
					jobs.add(job);
				}
			}
			return jobs;
		}

	}

	/**
	 * What is done to a job, if its state allows it.
	 */
	@FunctionalInterface
	private interface Intervention {

		boolean change(MemoryQueue queue, MemoryJob job, News news);

	}

}
